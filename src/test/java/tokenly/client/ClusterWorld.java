package tokenly.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tokenly.session.FakeTimer;

/** Nodes, their database, the network between them and to their clients: everything happens on one thread, when the schedule says so. */
final class ClusterWorld {

    private static final int MOST_STEPS = 20_000;

    final Random random;
    final FakeTimer timer = new FakeTimer();
    final FakeDatabase database = new FakeDatabase(this);
    final FakeLinks links = new FakeLinks(this);
    final ClusterNetwork network = new ClusterNetwork(this);
    final Map<String, FakeNode> nodes = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean isFaulty;
    private boolean isMeanwhile;

    ClusterWorld(long seed, int nodes) {
        random = new Random(seed);
        for (int i = 1; i <= nodes; i++) {
            start("http://n" + i);
        }
    }

    /** Whether anything may fail or be slow; at first nothing is. */
    boolean isFaulty() {
        return isFaulty;
    }

    void beFaulty() {
        isFaulty = true;
    }

    FakeNode start(String url) {
        FakeNode node = new FakeNode(url, this);
        nodes.put(url, node);
        node.later(node.cluster::start);
        note(() -> "start " + url);
        return node;
    }

    FakeNode node(int number) {
        return Objects.requireNonNull(nodes.get("http://n" + number));
    }

    FakeNode anyNode() {
        List<FakeNode> all = List.copyOf(nodes.values());
        return all.get(random.nextInt(all.size()));
    }

    /** The node whose memory has {@code shard}. */
    List<FakeNode> holdersOf(int shard) {
        return nodes.values().stream()
                .filter(node -> !node.isDead && node.has(shard))
                .toList();
    }

    /** What happened, for whoever looks at a seed that fails. */
    void note(Supplier<String> what) {
        notes.add(timer.now().toMillis() + " ms: " + what.get());
    }

    List<String> notes() {
        return notes;
    }

    void fault(String where, Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        faults.add(timer.now().toMillis() + " ms, " + where + ": " + bug + " at "
                + Stream.of(trace).limit(12).toList());
    }

    void require(boolean holds, Supplier<String> complaint) {
        if (!holds) {
            faults.add(timer.now().toMillis() + " ms: " + complaint.get());
        }
    }

    List<String> faults() {
        return faults;
    }

    void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            fault("outside", bug);
        }
    }

    /** One thing happens; false if nothing is under way anywhere. */
    boolean step() {
        List<Runnable> all = new ArrayList<>();
        nodes.values().stream().filter(FakeNode::isBusy).forEach(node -> all.add(node::step));
        links.busy().forEach(link -> all.add(link::step));
        network.busy().forEach(cable -> all.add(cable::step));
        database.commits.removeIf(FakeShardStore.Commit::isOver);
        database.commits.stream().filter(FakeShardStore.Commit::isBusy).forEach(commit -> all.add(commit::step));
        if (all.isEmpty()) {
            return false;
        }
        all.get(random.nextInt(all.size())).run();
        return true;
    }

    /** Time passes, and things happen meanwhile. */
    void pass(Duration time) {
        long left = time.toMillis();
        while (left > 0) {
            long slice = Math.min(left, 20 + random.nextInt(80));
            timer.advanceMillis(slice);
            left -= slice;
            for (int i = 0; i < 60 && step(); i++) {}
        }
    }

    /** All that is under way comes to its end, for so long. */
    void settle(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 100) {
            for (int i = 0; i < MOST_STEPS && step(); i++) {}
            timer.advanceMillis(100);
        }
    }

    /** A thread of {@code node} waits, and the others go on; sometimes the whole node stands still. */
    void meanwhile(FakeNode node) {
        if (!isFaulty || isMeanwhile || random.nextInt(8) > 0) {
            return;
        }
        isMeanwhile = true;
        boolean wasPaused = node.isPaused;
        node.isPaused |= random.nextInt(4) == 0;
        if (random.nextInt(10) == 0) {
            pass(Duration.ofMillis(random.nextInt(5_000)));
        }
        for (int i = random.nextInt(30); i > 0; i--) {
            step();
        }
        node.isPaused = wasPaused;
        isMeanwhile = false;
    }

    /** Everything is well again. */
    void heal() {
        isFaulty = false;
        links.heal();
        database.isAway = false;
        database.cutOff.clear();
        for (FakeNode node : List.copyOf(nodes.values())) {
            node.isPaused = false;
            if (node.isDead) {
                start(node.url);
            }
        }
    }
}
