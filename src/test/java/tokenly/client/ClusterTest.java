package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.session.RoomId;

/** What happens to a room and its peers in a cluster of two nodes, one thing at a time. */
class ClusterTest {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(5);

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly");

    private final ClusterWorld world = new ClusterWorld(1, 2);
    private final List<String> received = new ArrayList<>();
    private final KeyStorage keys = KeyStorage.memory();
    private final String room; // at node 2
    private final String otherRoom; // at node 1

    ClusterTest() {
        world.settle(LEASE);
        room = roomAt(2);
        otherRoom = roomAt(1);
    }

    @AfterEach
    void nothingHasFailed() {
        assertThat(world.faults()).isEmpty();
    }

    private String roomAt(int node) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "room" + i)
                .filter(name -> world.node(node).has(new RoomId(name).shard()))
                .findFirst()
                .orElseThrow();
    }

    /** A client that connects to that node, or the other one if it is dead. */
    private ClusterPage page(int node) {
        return new ClusterPage(world, keys, () -> world.node(node).isDead ? world.node(3 - node) : world.node(node));
    }

    private ClusterMember join(ClusterPage page, String name, String where) {
        ClusterMember member = new ClusterMember(
                name,
                where,
                page,
                (to, delivery) -> received.add(
                        to.name + " " + delivery.fields().text("text").orElseThrow()));
        world.settle(SOON);
        return member;
    }

    private static int shard(String name) {
        return new RoomId(name).shard();
    }

    @Test
    void twoPeersAtTwoNodesMeetInOneRoom() {
        ClusterMember near = join(page(2), "near", room);
        ClusterMember far = join(page(1), "far", room);
        near.send(1, "far", 0);
        far.send(2, "near", 0);
        world.settle(SOON);
        assertThat(received).containsExactlyInAnyOrder("far 1", "near 2");
        assertThat(near.sent.get(0).receipt).isCompleted();
    }

    @Test
    void aRoomWhoseOwnerIsKilledGoesOnAtAnotherNode() {
        ClusterMember a = join(page(1), "a", room);
        join(page(1), "b", room);
        a.send(1, "b", 0);
        world.node(2).kill();
        a.send(2, "b", 0);
        world.settle(LEASE);
        assertThat(received).containsExactly("b 1", "b 2");
        assertThat(world.node(1).has(shard(room))).isTrue();
        assertThat(a.resets).isEmpty();
    }

    @Test
    void anOwnerThatWakesAfterItsShardWasClaimedChangesNothing() {
        ClusterMember a = join(page(1), "a", room);
        ClusterMember b = join(page(2), "b", room);
        world.node(2).isPaused = true;
        a.send(1, "b", 0);
        b.send(2, "a", 0); // waits in the node that stands still
        world.settle(LEASE);
        a.send(3, "b", 0);
        world.settle(SOON);
        assertThat(world.node(1).has(shard(room))).isTrue();
        assertThat(world.holdersOf(shard(room))).hasSize(2);
        world.node(2).isPaused = false;
        world.settle(LEASE);
        assertThat(world.holdersOf(shard(room))).hasSize(1);
        assertThat(received).containsExactlyInAnyOrder("b 1", "b 3", "a 2");
        assertThat(a.resets).isEmpty();
        assertThat(b.resets).isEmpty();
    }

    @Test
    void aNodeThatLeavesTakesNoConnectionOfAnotherNodeAlong() {
        ClusterPage page = page(1);
        ClusterMember a = join(page, "a", room);
        join(page(1), "b", room);
        long attempt = page.client.attempt();
        world.node(2).leave();
        a.send(1, "b", 0);
        world.settle(LEASE);
        assertThat(received).containsExactly("b 1");
        assertThat(page.client.attempt()).isEqualTo(attempt);
    }

    @Test
    void aCommitWhoseOutcomeIsNotKnownIsNeitherLostNorDoubled() {
        ClusterMember a = join(page(2), "a", room);
        join(page(2), "b", room);
        a.send(1, "b", 0);
        while (world.database.commits.isEmpty()) {
            assertThat(world.step()).isTrue();
        }
        world.database.commits.forEach(FakeShardStore.Commit::tryToWrite);
        world.database.isAway = true;
        world.settle(SOON);
        assertThat(received).isEmpty();
        world.database.isAway = false;
        world.settle(SOON);
        assertThat(received).containsExactly("b 1");
        assertThat(a.sent.get(0).receipt).isCompleted();
    }

    /** It is older than what its client was told since, who would think that its signals were lost. */
    @Test
    void anAcknowledgementOfANodeThatHasLostTheRoomIsDropped() {
        ClusterMember a = join(page(1), "a", room);
        join(page(1), "b", room);
        a.send(1, "b", 0);
        while (world.database.commits.isEmpty()) {
            assertThat(world.step()).isTrue();
        }
        world.database.commits.forEach(FakeShardStore.Commit::tryToWrite);
        world.database.cutOff.add(world.node(2).url);
        world.settle(LEASE);
        a.send(2, "b", 0);
        world.settle(SOON);
        assertThat(received).containsExactly("b 1", "b 2");
        assertThat(world.holdersOf(shard(room))).hasSize(2);
        world.database.cutOff.clear();
        world.settle(SOON);
        assertThat(world.holdersOf(shard(room))).hasSize(1);
        assertThat(a.resets).isEmpty();
    }

    @Test
    void aNameThatIsInUseAtAnotherNodeIsRefused() {
        ClusterMember owner = join(page(1), "a", room);
        ClusterPage stranger = new ClusterPage(world, KeyStorage.memory(), () -> world.node(1));
        ClusterMember rival = join(stranger, "a", otherRoom);
        world.settle(SOON);
        assertThat(Scene.outcome(rival.peer)).isEqualTo("session-in-use");
        join(page(2), "b", room).send(1, "a", 0);
        world.settle(SOON);
        assertThat(received).containsExactly("a 1");
        assertThat(owner.isThere()).isTrue();
    }

    @Test
    void aNameMovesToARoomOfAnotherNode() {
        ClusterMember before = join(page(1), "a", room);
        ClusterMember after = join(page(1), "a", otherRoom);
        world.settle(SOON);
        assertThat(after.isThere()).isTrue();
        assertThat(before.isOver).isTrue();
        assertThat(world.database.row(shard(room)).images()).isEmpty();
        assertThat(world.database.row(shard(otherRoom)).images()).hasSize(1);
    }

    @Test
    void aNameThatWasLeftIsFreeAtOnce() {
        ClusterMember before = join(page(1), "a", room);
        CompletableFuture<?> end = before.destroy();
        world.settle(SOON);
        assertThat(end).isCompleted();
        ClusterPage stranger = new ClusterPage(world, KeyStorage.memory(), () -> world.node(2));
        assertThat(join(stranger, "a", otherRoom).isThere()).isTrue();
    }

    @Test
    void aClientThatDoesNotReadFillsNoLink() {
        ClusterPage page = page(1);
        join(page, "slow", room);
        ClusterMember sender = join(page(2), "sender", room);
        page.access.cable().isSlow = true;
        long before = world.links.length;
        for (int i = 0; i < 100; i++) {
            sender.send(i, "slow", 10_000);
        }
        world.settle(SOON);
        assertThat(world.links.length - before).isBetween(60_000L, 90_000L);
        assertThat(page.access.cable().unread()).isLessThan(90_000);
        page.access.cable().readAgain();
        world.settle(SOON);
        assertThat(received).hasSize(100).startsWith("slow 0").endsWith("slow 99");
    }

    /** Shards move to each node that starts, and no client is told that its session cannot be created. */
    @Test
    void sessionsAreCreatedWhileShardsMove() {
        for (int seed = 0; seed < 100; seed++) {
            ClusterWorld starting = new ClusterWorld(seed, 3);
            new ClusterProgram(starting).start();
            assertThat(starting.faults()).isEmpty();
            assertThat(starting.notes()).as("seed " + seed).noneMatch(note -> note.contains("has ended"));
        }
    }

    @Test
    void noErrorIsLoggedWhereNothingIsWrong() {
        ClusterMember a = join(page(1), "a", room);
        join(page(1), "b", room);
        a.send(1, "b", 0);
        world.settle(SOON);
        world.node(2).leave();
        world.settle(LEASE);
        assertThat(log.lines(Level.SEVERE)).isEmpty();
    }
}
