package tokenly.client;

import java.time.Duration;
import java.util.List;

/** What breaks in a {@link ClusterWorld}, and is mended some time later. */
final class ClusterFaults {

    private final ClusterWorld world;

    ClusterFaults(ClusterWorld world) {
        this.world = world;
    }

    private Duration upTo(int millis) {
        return Duration.ofMillis(world.random.nextInt(millis));
    }

    /** One fault. */
    void any() {
        FakeNode node = world.anyNode();
        switch (world.random.nextInt(11)) {
            case 0 -> kill(node);
            case 1 -> pause(node, upTo(10_000));
            case 2 -> partition(node, world.anyNode());
            case 3 -> cutOff(node);
            case 4 -> takeAwayDatabase();
            case 5 -> leave(node);
            case 6 -> world.network.slowDown(upTo(4_000));
            case 7 -> world.links.breakOne();
            default -> world.network.cut();
        }
    }

    private boolean isLast(FakeNode node) {
        List<FakeNode> alive =
                world.nodes.values().stream().filter(FakeNode::isRunning).toList();
        return alive.size() <= 1 || !alive.contains(node);
    }

    void kill(FakeNode node) {
        if (!isLast(node)) {
            world.note(() -> "kill " + node);
            node.kill();
            startLater(node);
        }
    }

    private void startLater(FakeNode node) {
        world.timer.after(upTo(8_000), () -> {
            if (world.nodes.get(node.url) == node) {
                world.start(node.url);
            }
        });
    }

    private void leave(FakeNode node) {
        if (!isLast(node)) {
            world.note(() -> "leave " + node);
            node.leave();
            startLater(node);
        }
    }

    void pause(FakeNode node, Duration time) {
        world.note(() -> "pause " + node + " for " + time);
        node.isPaused = true;
        world.timer.after(time, () -> node.isPaused = false);
    }

    private void partition(FakeNode one, FakeNode other) {
        if (one != other) {
            world.note(() -> "partition " + one + " " + other);
            world.links.cut(one.url, other.url);
            world.timer.after(upTo(8_000), world.links::heal);
        }
    }

    private void cutOff(FakeNode node) {
        world.note(() -> "no database for " + node);
        world.database.cutOff.add(node.url);
        world.timer.after(upTo(15_000), () -> world.database.cutOff.remove(node.url));
    }

    private void takeAwayDatabase() {
        world.note(() -> "no database");
        world.database.isAway = true;
        world.timer.after(upTo(4_000), () -> world.database.isAway = false);
    }

    /** The primary dies, and perhaps an owner of shards with it. */
    void failOver() {
        world.note(() -> "failover");
        if (world.random.nextBoolean()) {
            kill(world.anyNode());
        }
        world.database.failOver();
    }
}
