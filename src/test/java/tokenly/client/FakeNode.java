package tokenly.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tokenly.cluster.Cluster;
import tokenly.session.Account;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.ReconnectModel;
import tokenly.session.ReconnectPolicy;
import tokenly.session.RoomExecutors;
import tokenly.session.Store;
import tokenly.session.Switchboard;
import tokenly.wire.IceServers;

/**
 * One run of a node: the real model and the real cluster on executors whose tasks run when the schedule says so. Killed, it does nothing
 * any more; the next run at its URL is another object.
 */
final class FakeNode {

    /** So long that no session expires in a test. */
    static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(4), 5, Duration.ofHours(5));

    static final MailboxBounds MAILBOX = new MailboxBounds(100_000, 1L << 30);

    private static final int ROOM_CAPACITY = 64;

    final String url;
    final Switchboard switchboard;
    final Cluster cluster;
    private final ClusterWorld world;
    private final Cluster.Base base;
    private final List<Runnable> tasks = new ArrayList<>(); // of threads that know no order
    private final Queue<Runnable> steps = new ArrayDeque<>(); // of rooms
    private final Queue<Runnable> notes = new ArrayDeque<>();
    private boolean isNoting;
    private boolean isHurried; // what is to be done is done at once
    boolean isDead;
    boolean isPaused;

    FakeNode(String url, ClusterWorld world) {
        this.url = url;
        this.world = world;
        this.base = new Cluster.Base(url);
        tokenly.session.Timer timer = new NodeTimer();
        RoomExecutors executors = new RoomExecutors(
                this::addStep, ROOM_CAPACITY, Long.MAX_VALUE, timer::now, (room, bug) -> world.fault(room, bug));
        this.switchboard = new Model(
                new ReconnectModel(POLICY, timer, world.timer),
                base.store(),
                timer,
                new Limits(100_000, 1_000, Duration.ofSeconds(5), MAILBOX, MailboxSums.UNBOUNDED),
                executors);
        this.cluster = new Cluster(
                base,
                new Cluster.Parts(
                        url,
                        new FakeOwnership(world, this),
                        world.links.of(this),
                        switchboard,
                        timer,
                        IceServers.NONE,
                        Long.MAX_VALUE,
                        Account::unbounded,
                        this::execute,
                        this::execute,
                        this::execute,
                        this::note));
    }

    /** The model, whose rooms may end what is under way before they are forgotten. */
    private final class Model extends Switchboard {

        Model(ReconnectModel reconnects, Store store, tokenly.session.Timer timer, Limits limits, RoomExecutors rooms) {
            super(reconnects, store, timer, limits, rooms);
        }

        @Override
        public CompletionStage<?> abandon(int shard) {
            CompletableFuture<?> done = super.abandon(shard).toCompletableFuture();
            while (!done.isDone() && (!steps.isEmpty() || world.database.settleOne(FakeNode.this))) {
                if (!steps.isEmpty()) {
                    guarded(steps.remove());
                }
            }
            return done.isDone() ? done : new TooLong();
        }
    }

    /** What a thread waits for in vain. */
    private static final class TooLong extends CompletableFuture<Void> {

        @Override
        public Void get(long timeout, TimeUnit unit) throws TimeoutException {
            throw new TimeoutException();
        }
    }

    private final class NodeTimer implements tokenly.session.Timer {

        @Override
        public Duration now() {
            return world.timer.now();
        }

        @Override
        public Task after(Duration delay, Runnable task) {
            boolean[] isCancelled = new boolean[1];
            Task due = world.timer.after(
                    delay,
                    () -> later(() -> {
                        if (!isCancelled[0]) {
                            task.run();
                        }
                    }));
            return () -> {
                isCancelled[0] = true;
                due.cancel();
            };
        }
    }

    boolean isRunning() {
        return !isDead && !isPaused;
    }

    /** Whether it has shard {@code number} in its memory. */
    boolean has(int number) {
        return base.store().has(number);
    }

    /** A task for one of its threads. */
    void later(Runnable task) {
        if (!isDead) {
            tasks.add(task);
        }
    }

    private void execute(Runnable task) {
        if (isHurried) {
            guarded(task);
        } else {
            later(task);
        }
    }

    private void addStep(Runnable step) {
        if (!isDead) {
            steps.add(step);
        }
    }

    private void note(Runnable task) {
        if (!isDead) {
            notes.add(task);
        }
    }

    boolean isBusy() {
        return isRunning() && (!tasks.isEmpty() || !steps.isEmpty() || (!notes.isEmpty() && !isNoting));
    }

    /** One of its tasks runs. */
    void step() {
        int all = tasks.size() + Math.min(1, steps.size());
        int dice = world.random.nextInt(all + (notes.isEmpty() || isNoting ? 0 : 1));
        if (dice < tasks.size()) {
            guarded(tasks.remove(dice));
        } else if (dice < all) {
            guarded(steps.remove());
        } else {
            isNoting = true;
            guarded(notes.remove());
            isNoting = false;
        }
    }

    void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            world.fault(url, bug);
        }
    }

    /** It gives away what it has, and stops. */
    void leave() {
        isHurried = true;
        guarded(cluster::leave);
        guarded(() -> switchboard.stop());
        guarded(() -> {
            try {
                cluster.close();
            } catch (IOException failure) {
                world.note(() -> url + " could not say that it leaves");
            }
        });
        isHurried = false;
        kill();
    }

    void kill() {
        isDead = true;
        tasks.clear();
        steps.clear();
        notes.clear();
        world.database.killed(this);
        world.links.killed(this);
        world.network.killed(this);
    }

    /** Does {@code call} without that anything waits. */
    <T> T hurried(Supplier<T> call) {
        boolean wasHurried = isHurried;
        isHurried = true;
        try {
            return call.get();
        } finally {
            isHurried = wasHurried;
        }
    }

    boolean isHurried() {
        return isHurried;
    }

    @Override
    public String toString() {
        return url;
    }
}
