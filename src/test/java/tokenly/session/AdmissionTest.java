package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Scene.LIMITS;
import static tokenly.session.Scene.ROOM;
import static tokenly.session.Scene.created;
import static tokenly.session.Scene.delivery;
import static tokenly.session.Scene.id;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final RoomId OTHER = new RoomId("other");

    private final Scene scene = new Scene();

    @Test
    void aRepeatedCreateIsAnsweredAgainAndChangesNothing() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        a.told();

        scene.create(b, "b");

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(a.told()).isEmpty();
        assertThat(scene.store.records).hasSize(2);
    }

    @Test
    void theSameConnectionCannotHoldASessionInTwoRooms() {
        FakeConnection a = scene.join("a");

        scene.switchboard.create(a, id("a"), OTHER, null);

        assertThat(a.told()).containsExactly(inUse());
        assertThat(a.probes).isZero();
    }

    @Test
    void aSessionHeldByALiveConnectionIsNotGivenAway() {
        FakeConnection a = scene.join("a");
        FakeConnection thief = scene.connect("thief");

        scene.create(thief, "a");
        assertThat(thief.told()).as("told nothing before the holder was asked").isEmpty();
        assertThat(scene.switchboard.holdsNone(thief)).as("it still asks").isFalse();
        a.probe.complete(true);
        assertThat(scene.switchboard.holdsNone(thief)).isTrue();

        assertThat(thief.told()).containsExactly(inUse());
        assertThat(a.told()).isEmpty();
    }

    @Test
    void aSessionHeldByADeadConnectionGoesToTheNewcomer() {
        FakeConnection b = scene.join("b");
        FakeConnection dead = scene.join("a");
        b.told();
        FakeConnection again = scene.connect("again");

        scene.create(again, "a");
        scene.lose(dead);
        dead.probe.complete(false);

        assertThat(again.told()).containsExactly(created("a", ROOM, "b"));
        assertThat(b.told())
                .containsExactly(
                        delivery("b", new Message.PeerAway(id("a"))), delivery("b", new Message.PeerBack(id("a"))));
    }

    @Test
    void onlyOneNewcomerMayWaitForTheProbe() {
        FakeConnection a = scene.join("a");
        FakeConnection first = scene.connect("first");
        FakeConnection second = scene.connect("second");

        scene.create(first, "a");
        scene.create(second, "a");

        assertThat(second.told()).containsExactly(inUse());
        assertThat(a.probes).isEqualTo(1);
        a.probe.complete(true);
        scene.create(second, "a");
        assertThat(a.probes).as("and afterwards the next one may").isEqualTo(2);
    }

    @Test
    void aNewcomerThatIsLostWhileItWaitsGetsNothing() {
        FakeConnection dead = scene.join("a");
        FakeConnection again = scene.connect("again");
        scene.create(again, "a");
        scene.lose(again);

        scene.lose(dead);
        dead.probe.complete(false);

        assertThat(scene.status().state()).isEqualTo(Status.State.RECONNECTING);
        scene.timer.advanceMillis(60_000);
        assertThat(scene.status().activeSessions()).isZero();
    }

    @Test
    void aWaitingSessionMovesToAnotherRoom() {
        FakeConnection b = scene.join("b");
        scene.lose(scene.join("a"));
        b.told();
        FakeConnection again = scene.connect("again");

        scene.switchboard.create(again, id("a"), OTHER, null);

        assertThat(again.told()).containsExactly(created("a", OTHER));
        assertThat(b.told()).containsExactly(delivery("b", new Message.PeerLeft(id("a"), EndReason.MOVED)));
        assertThat(scene.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void aRoomAndTheServerHaveRoomForSoMany() {
        Scene small = new Scene(new Limits(2, 1, Duration.ofSeconds(5), LIMITS.mailbox(), MailboxSums.UNBOUNDED));
        FakeConnection a = small.connect("a");

        small.switchboard.create(a, id("1"), ROOM, null);
        small.switchboard.create(a, id("2"), ROOM, null);
        small.switchboard.create(a, id("3"), OTHER, null);
        small.switchboard.create(a, id("4"), new RoomId("third"), null);
        small.switchboard.destroy(a, id("1"));
        small.switchboard.create(a, id("5"), ROOM, null);

        assertThat(a.told())
                .containsExactly(
                        created("1", ROOM),
                        new ServerEvent.CreateRefused(id("2"), ServerEvent.Refusal.ROOM_FULL),
                        created("3", OTHER),
                        new ServerEvent.CreateRefused(id("4"), ServerEvent.Refusal.SERVER_FULL),
                        new ServerEvent.Destroyed(id("1")),
                        created("5", ROOM));
    }

    @Test
    void aRoomThatNobodyIsInIsForgotten() {
        Scene small = new Scene(new Limits(1, 1, Duration.ofSeconds(5), LIMITS.mailbox(), MailboxSums.UNBOUNDED));
        FakeConnection a = small.connect("a");

        small.switchboard.create(a, id("1"), ROOM, null);
        small.switchboard.create(a, id("2"), OTHER, null); // refused
        assertThat(small.switchboard.roomCount()).isEqualTo(1);
        small.switchboard.destroy(a, id("1"));

        assertThat(small.switchboard.roomCount()).isZero();
    }

    private static ServerEvent inUse() {
        return new ServerEvent.CreateRefused(id("a"), ServerEvent.Refusal.SESSION_IN_USE);
    }
}
