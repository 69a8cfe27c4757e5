package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.LIMITS;
import static tokenly.session.Fixture.ROOM;
import static tokenly.session.Fixture.created;
import static tokenly.session.Fixture.delivery;
import static tokenly.session.Fixture.id;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

class AdmissionTest {

    private static final RoomId OTHER = new RoomId("other");

    private final Fixture fixture = new Fixture();

    @Test
    void aRepeatedCreateIsAnsweredAgainAndChangesNothing() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        a.told();

        fixture.create(b, "b");

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(a.told()).isEmpty();
        assertThat(fixture.store.records).hasSize(2);
    }

    @Test
    void theSameConnectionCannotHoldASessionInTwoRooms() {
        FakeConnection a = fixture.join("a");

        fixture.switchboard.create(a, id("a"), OTHER, null);

        assertThat(a.told()).containsExactly(inUse());
        assertThat(a.probes).isZero();
    }

    @Test
    void aSessionHeldByALiveConnectionIsNotGivenAway() {
        FakeConnection a = fixture.join("a");
        FakeConnection thief = fixture.connect("thief");

        fixture.create(thief, "a");
        assertThat(thief.told()).as("told nothing before the holder was asked").isEmpty();
        assertThat(fixture.switchboard.holdsNone(thief)).as("it still asks").isFalse();
        a.probe.complete(true);
        assertThat(fixture.switchboard.holdsNone(thief)).isTrue();

        assertThat(thief.told()).containsExactly(inUse());
        assertThat(a.told()).isEmpty();
    }

    @Test
    void aSessionHeldByADeadConnectionGoesToTheNewcomer() {
        FakeConnection b = fixture.join("b");
        FakeConnection dead = fixture.join("a");
        b.told();
        FakeConnection again = fixture.connect("again");

        fixture.create(again, "a");
        fixture.lose(dead);
        dead.probe.complete(false);

        assertThat(again.told()).containsExactly(created("a", ROOM, "b"));
        assertThat(b.told())
                .containsExactly(delivery("b", Fixture.away(id("a"))), delivery("b", Fixture.back(id("a"))));
    }

    @Test
    void onlyOneNewcomerMayWaitForTheProbe() {
        FakeConnection a = fixture.join("a");
        FakeConnection first = fixture.connect("first");
        FakeConnection second = fixture.connect("second");

        fixture.create(first, "a");
        fixture.create(second, "a");

        assertThat(second.told()).containsExactly(inUse());
        assertThat(a.probes).isEqualTo(1);
        a.probe.complete(true);
        fixture.create(second, "a");
        assertThat(a.probes).as("and afterwards the next one may").isEqualTo(2);
    }

    @Test
    void aNewcomerThatIsLostWhileItWaitsGetsNothing() {
        FakeConnection dead = fixture.join("a");
        FakeConnection again = fixture.connect("again");
        fixture.create(again, "a");
        fixture.lose(again);

        fixture.lose(dead);
        dead.probe.complete(false);

        assertThat(fixture.status().state()).isEqualTo(Status.State.RECONNECTING);
        fixture.timer.advanceMillis(60_000);
        assertThat(fixture.status().activeSessions()).isZero();
    }

    @Test
    void aWaitingSessionMovesToAnotherRoom() {
        FakeConnection b = fixture.join("b");
        fixture.lose(fixture.join("a"));
        b.told();
        FakeConnection again = fixture.connect("again");

        fixture.switchboard.create(again, id("a"), OTHER, null);

        assertThat(again.told()).containsExactly(created("a", OTHER));
        assertThat(b.told()).containsExactly(delivery("b", new Message.PeerLeft(id("a"), EndReason.MOVED)));
        assertThat(fixture.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void aRoomAndTheServerHaveRoomForSoMany() {
        Fixture small = new Fixture(new Limits(2, 1, Duration.ofSeconds(5), LIMITS.mailbox(), MailboxSums.UNBOUNDED));
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
                        new ServerEvent.CreateRefused(id("2"), ErrorCode.ROOM_FULL),
                        created("3", OTHER),
                        new ServerEvent.CreateRefused(id("4"), ErrorCode.SERVER_FULL),
                        new ServerEvent.Destroyed(id("1")),
                        created("5", ROOM));
    }

    @Test
    void aRoomThatNobodyIsInIsForgotten() {
        Fixture small = new Fixture(new Limits(1, 1, Duration.ofSeconds(5), LIMITS.mailbox(), MailboxSums.UNBOUNDED));
        FakeConnection a = small.connect("a");

        small.switchboard.create(a, id("1"), ROOM, null);
        small.switchboard.create(a, id("2"), OTHER, null); // refused
        assertThat(small.switchboard.roomCount()).isEqualTo(1);
        small.switchboard.destroy(a, id("1"));

        assertThat(small.switchboard.roomCount()).isZero();
    }

    private static ServerEvent inUse() {
        return new ServerEvent.CreateRefused(id("a"), ErrorCode.SESSION_IN_USE, Fixture.POLICY.resumeWindow());
    }
}
