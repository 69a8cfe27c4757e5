package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.ROOM;
import static tokenly.session.Fixture.created;
import static tokenly.session.Fixture.delivery;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.signal;
import static tokenly.session.Fixture.to;
import static tokenly.session.Fixture.toAll;

import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

/** The invariant of protocol and store: nothing is seen by anybody before the record that justifies it is written. */
class DurableBeforeVisibleTest {

    private final Fixture fixture = new Fixture();
    private final FakeConnection a = fixture.join("a");
    private final FakeConnection b = fixture.join("b");

    DurableBeforeVisibleTest() {
        a.told();
        fixture.store.records.clear();
        fixture.store.hold();
    }

    @Test
    void aSignalIsDeliveredOnceItIsWritten() {
        fixture.switchboard.relay(a, id("a"), 0, to("b", "1"));
        assertThat(b.told()).isEmpty();
        assertThat(fixture.store.records).containsExactly(List.of(new Store.Change.Taken(id("a"), 1)));

        fixture.store.written();

        assertThat(b.told()).containsExactly(signal("b", "a", to("b", "1")));
    }

    @Test
    void aRoomHasOneRecordUnderWayAndKeepsItsOrder() {
        fixture.switchboard.relay(a, id("a"), 0, to("b", "1"));
        fixture.switchboard.relay(a, id("a"), 0, to("b", "2"));
        fixture.switchboard.destroy(b, id("b"));
        assertThat(fixture.store.unanswered()).isEqualTo(1);

        fixture.store.written();
        fixture.store.written();
        fixture.store.written();

        assertThat(b.told())
                .containsExactly(
                        signal("b", "a", to("b", "1")),
                        signal("b", "a", to("b", "2")),
                        new ServerEvent.Destroyed(id("b")));
    }

    @Test
    void aSessionThatCannotBeWrittenDoesNotBegin() {
        FakeConnection c = fixture.connect("c");
        fixture.create(c, "c");
        fixture.create(c, "c"); // meanwhile the same again
        assertThat(c.told()).isEmpty();

        fixture.store.failed();
        assertThat(c.told()).containsExactly(new ServerEvent.CreateRefused(id("c"), ErrorCode.STORE_FAILED));
        fixture.store.written();

        assertThat(c.told()).containsExactly(created("c", ROOM, "a", "b"));
        assertThat(a.told()).containsExactly(delivery("a", Fixture.joined(id("c"))));
    }

    @Test
    void aStoreThatThrowsIsAStoreThatFails() {
        FakeConnection c = fixture.connect("c");
        fixture.store.isBroken = true;
        fixture.create(c, "c");
        assertThat(c.told()).containsExactly(new ServerEvent.CreateRefused(id("c"), ErrorCode.STORE_FAILED));
        assertThat(fixture.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void aNewcomerThatIsGoneBeforeItsTurnChangesNothing() {
        fixture.lose(b);
        fixture.switchboard.destroy(a, id("a")); // keeps the executor busy
        FakeConnection again = fixture.connect("again");
        fixture.create(again, "b");
        fixture.create(again, "c");
        fixture.lose(again);
        List.of(a, again).forEach(FakeConnection::told);
        fixture.store.written();

        assertThat(again.told()).isEmpty();
        assertThat(fixture.status().activeSessions()).as("b, which still waits").isEqualTo(1);
        fixture.timer.advanceMillis(60_000);
        fixture.store.written();
        assertThat(fixture.status().activeSessions()).isZero();
    }

    @Test
    void aSignalThatCannotBeWrittenIsRefused() {
        fixture.switchboard.relay(a, id("a"), 0, toAll(""));

        fixture.store.failed();

        assertThat(b.told()).isEmpty();
        assertThat(a.told()).containsExactly(new ServerEvent.Rejected(id("a"), ErrorCode.STORE_FAILED, null));
    }

    @Test
    void anEndThatCannotBeWrittenIsAnEndAllTheSameAndTheOthersHearOfItOnceItIs() {
        fixture.switchboard.destroy(b, id("b"));

        fixture.store.failed();

        assertThat(b.told()).containsExactly(new ServerEvent.Destroyed(id("b")));
        assertThat(fixture.status().activeSessions()).isEqualTo(1);
        assertThat(a.told()).isEmpty();
        fixture.timer.advanceMillis(1_000);
        fixture.store.failed();
        fixture.timer.advanceMillis(1_000);
        assertThat(fixture.store.records).last().isEqualTo(List.of(new Store.Change.Ended(id("b"), EndReason.LEFT)));
        fixture.store.written();
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
    }

    @Test
    void whatIsOwedComesBeforeWhatHappensNext() {
        ResumablePeer r = new ResumablePeer(fixture, "r");
        r.create();
        fixture.store.written();
        r.learn();
        fixture.lose(b);
        fixture.store.failed();
        FakeConnection again = fixture.connect("again");
        fixture.create(again, "b");
        fixture.store.written();

        assertThat(r.learn())
                .containsExactly(r.delivery(1, Fixture.away(id("b"))), r.delivery(2, Fixture.back(id("b"))));
        fixture.timer.advanceMillis(1_000);
        assertThat(fixture.store.unanswered()).as("nothing is owed any more").isZero();
    }

    @Test
    void anEndThatIsOwedIsWrittenBeforeTheSessionBeginsInAnotherRoom() {
        fixture.switchboard.destroy(b, id("b"));
        fixture.store.failed();
        b.told();
        RoomId other = new RoomId("other");

        fixture.switchboard.create(b, id("b"), other, null);
        assertThat(b.told()).containsExactly(new ServerEvent.CreateRefused(id("b"), ErrorCode.STORE_FAILED));
        assertThat(fixture.status().activeSessions()).isEqualTo(1);

        fixture.timer.advanceMillis(1_000);
        fixture.store.written();
        fixture.switchboard.create(b, id("b"), other, null);
        fixture.store.written();
        assertThat(b.told()).containsExactly(created("b", other));
    }

    @Test
    void anEndThatIsOwedDoesNotKeepTheSessionFromItsRoom() {
        fixture.switchboard.destroy(b, id("b"));
        fixture.store.failed();
        b.told();

        fixture.create(b, "b");
        fixture.store.written();

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(fixture.store.records.get(1))
                .startsWith(new Store.Change.Ended(id("b"), EndReason.LEFT))
                .hasSize(2);
    }

    @Test
    void aRepeatedCreateIsAnsweredThoughWhatIsOwedCannotBeWritten() {
        ResumablePeer r = new ResumablePeer(fixture, "r");
        r.create();
        fixture.store.written();
        fixture.lose(b);
        fixture.store.failed();
        r.learn();

        r.create();
        fixture.store.failed();

        assertThat(r.learn()).containsExactly(new ServerEvent.CreateRefused(r.id, ErrorCode.STORE_FAILED));
    }

    @Test
    void aRoomIsKeptUntilItOwesNothing() {
        fixture.switchboard.destroy(a, id("a"));
        fixture.store.failed();
        fixture.switchboard.destroy(b, id("b"));
        fixture.store.failed();
        assertThat(fixture.switchboard.roomCount()).isEqualTo(1);
        fixture.timer.advanceMillis(1_000);
        fixture.store.written();
        assertThat(fixture.switchboard.roomCount()).isZero();
    }

    @Test
    void aConnectionThatIsLostWhileItsSessionIsWrittenLeavesNoGhost() {
        FakeConnection c = fixture.connect("c");
        fixture.create(c, "c");
        fixture.lose(c);
        fixture.store.written();

        assertThat(a.told())
                .containsExactly(delivery("a", Fixture.joined(id("c"))), delivery("a", Fixture.away(id("c"))));
    }

    @Test
    void aConnectionThatLeavesWhileItsSessionIsWrittenTakesItAlong() {
        FakeConnection c = fixture.connect("c");
        fixture.create(c, "c");
        fixture.switchboard.closed(c, DisconnectReason.LEAVING);
        fixture.store.written();
        fixture.store.written();

        assertThat(a.told())
                .containsExactly(
                        delivery("a", Fixture.joined(id("c"))),
                        delivery("a", new Message.PeerLeft(id("c"), EndReason.LEFT)));
    }

    @Test
    void anExpiryThatComesTooLateEndsNobody() {
        FakeConnection c = fixture.connect("c");
        fixture.create(c, "c");
        fixture.store.written();
        fixture.lose(c);
        fixture.timer.advanceMillis(59_999);
        FakeConnection again = fixture.connect("again");

        fixture.switchboard.relay(a, id("a"), 0, to("b", "")); // keeps the executor busy
        fixture.create(again, "c");
        fixture.timer.advanceMillis(1);
        List.of(a, again).forEach(FakeConnection::told);
        fixture.store.written();

        assertThat(a.told()).containsExactly(delivery("a", Fixture.back(id("c"))));
        assertThat(fixture.store.unanswered()).as("no end is written").isZero();
    }

    @Test
    void theStatusNeverShowsAMomentBetweenConnectedAndReconnecting() {
        fixture.lose(b);
        fixture.switchboard.relay(a, id("a"), 0, toAll("")); // nobody there: no record
        FakeConnection c = fixture.connect("c");
        fixture.create(c, "c"); // keeps the executor busy
        fixture.lose(a);
        fixture.lose(c);
        assertThat(fixture.status().state()).isEqualTo(Status.State.CONNECTED);

        fixture.store.written();

        assertThat(fixture.status().state()).isEqualTo(Status.State.RECONNECTING);
    }

    @Test
    void aRoomWithTooMuchToDoSaysSoButLosesNoEvent() {
        for (int i = 0; i < 5; i++) {
            fixture.switchboard.relay(a, id("a"), 0, toAll(""));
        }

        fixture.switchboard.relay(a, id("a"), 0, toAll(""));
        fixture.switchboard.create(b, id("c"), ROOM, null);
        fixture.lose(b);

        assertThat(a.told()).containsExactly(new ServerEvent.Rejected(id("a"), ErrorCode.BUSY, null));
        assertThat(b.told()).containsExactly(new ServerEvent.Rejected(id("c"), ErrorCode.BUSY, null));
        assertThat(fixture.status().state()).isEqualTo(Status.State.CONNECTED);
        fixture.store.written(); // the first signal
        fixture.store.written(); // all others
        assertThat(a.told()).containsExactly(delivery("a", Fixture.away(id("b"))));
    }
}
