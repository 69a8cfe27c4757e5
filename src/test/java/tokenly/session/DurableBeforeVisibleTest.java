package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Scene.ROOM;
import static tokenly.session.Scene.created;
import static tokenly.session.Scene.delivery;
import static tokenly.session.Scene.id;
import static tokenly.session.Scene.signal;
import static tokenly.session.Scene.to;
import static tokenly.session.Scene.toAll;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The invariant of protocol and store: nothing is seen by anybody before the record that justifies it is written. */
class DurableBeforeVisibleTest {

    private final Scene scene = new Scene();
    private final FakeConnection a = scene.join("a");
    private final FakeConnection b = scene.join("b");

    DurableBeforeVisibleTest() {
        a.told();
        scene.store.records.clear();
        scene.store.hold();
    }

    @Test
    void aSignalIsDeliveredOnceItIsWritten() {
        scene.switchboard.relay(a, id("a"), 0, to("b", "1"));
        assertThat(b.told()).isEmpty();
        assertThat(scene.store.records).containsExactly(List.of(new Store.Change.Taken(id("a"), 1)));

        scene.store.written();

        assertThat(b.told()).containsExactly(signal("b", "a", to("b", "1")));
    }

    @Test
    void aRoomHasOneRecordUnderWayAndKeepsItsOrder() {
        scene.switchboard.relay(a, id("a"), 0, to("b", "1"));
        scene.switchboard.relay(a, id("a"), 0, to("b", "2"));
        scene.switchboard.destroy(b, id("b"));
        assertThat(scene.store.unanswered()).isEqualTo(1);

        scene.store.written();
        scene.store.written();
        scene.store.written();

        assertThat(b.told())
                .containsExactly(
                        signal("b", "a", to("b", "1")),
                        signal("b", "a", to("b", "2")),
                        new ServerEvent.Destroyed(id("b")));
    }

    @Test
    void aSessionThatCannotBeWrittenDoesNotBegin() {
        FakeConnection c = scene.connect("c");
        scene.create(c, "c");
        scene.create(c, "c"); // meanwhile the same again
        assertThat(c.told()).isEmpty();

        scene.store.failed();
        assertThat(c.told()).containsExactly(new ServerEvent.CreateRefused(id("c"), ServerEvent.Refusal.STORE_FAILED));
        scene.store.written();

        assertThat(c.told()).containsExactly(created("c", ROOM, "a", "b"));
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerJoined(id("c"))));
    }

    @Test
    void aStoreThatThrowsIsAStoreThatFails() {
        FakeConnection c = scene.connect("c");
        scene.store.isBroken = true;
        scene.create(c, "c");
        assertThat(c.told()).containsExactly(new ServerEvent.CreateRefused(id("c"), ServerEvent.Refusal.STORE_FAILED));
        assertThat(scene.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void aNewcomerThatIsGoneBeforeItsTurnChangesNothing() {
        scene.lose(b);
        scene.switchboard.destroy(a, id("a")); // keeps the executor busy
        FakeConnection again = scene.connect("again");
        scene.create(again, "b");
        scene.create(again, "c");
        scene.lose(again);
        List.of(a, again).forEach(FakeConnection::told);
        scene.store.written();

        assertThat(again.told()).isEmpty();
        assertThat(scene.status().activeSessions()).as("b, which still waits").isEqualTo(1);
        scene.timer.advanceMillis(60_000);
        scene.store.written();
        assertThat(scene.status().activeSessions()).isZero();
    }

    @Test
    void aSignalThatCannotBeWrittenIsRefused() {
        scene.switchboard.relay(a, id("a"), 0, toAll(""));

        scene.store.failed();

        assertThat(b.told()).isEmpty();
        assertThat(a.told())
                .containsExactly(new ServerEvent.Rejected(id("a"), ServerEvent.Rejection.STORE_FAILED, null));
    }

    @Test
    void anEndThatCannotBeWrittenIsAnEndAllTheSameAndTheOthersHearOfItOnceItIs() {
        scene.switchboard.destroy(b, id("b"));

        scene.store.failed();

        assertThat(b.told()).containsExactly(new ServerEvent.Destroyed(id("b")));
        assertThat(scene.status().activeSessions()).isEqualTo(1);
        assertThat(a.told()).isEmpty();
        scene.timer.advanceMillis(1_000);
        scene.store.failed();
        scene.timer.advanceMillis(1_000);
        assertThat(scene.store.records).last().isEqualTo(List.of(new Store.Change.Ended(id("b"), EndReason.LEFT)));
        scene.store.written();
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
    }

    @Test
    void whatIsOwedComesBeforeWhatHappensNext() {
        ResumablePeer r = new ResumablePeer(scene, "r");
        r.create();
        scene.store.written();
        r.learn();
        scene.lose(b);
        scene.store.failed();
        FakeConnection again = scene.connect("again");
        scene.create(again, "b");
        scene.store.written();

        assertThat(r.learn())
                .containsExactly(
                        r.delivery(1, new Message.PeerAway(id("b"))), r.delivery(2, new Message.PeerBack(id("b"))));
        scene.timer.advanceMillis(1_000);
        assertThat(scene.store.unanswered()).as("nothing is owed any more").isZero();
    }

    @Test
    void anEndThatIsOwedIsWrittenBeforeTheSessionBeginsInAnotherRoom() {
        scene.switchboard.destroy(b, id("b"));
        scene.store.failed();
        b.told();
        RoomId other = new RoomId("other");

        scene.switchboard.create(b, id("b"), other, null);
        assertThat(b.told()).containsExactly(new ServerEvent.CreateRefused(id("b"), ServerEvent.Refusal.STORE_FAILED));
        assertThat(scene.status().activeSessions()).isEqualTo(1);

        scene.timer.advanceMillis(1_000);
        scene.store.written();
        scene.switchboard.create(b, id("b"), other, null);
        scene.store.written();
        assertThat(b.told()).containsExactly(created("b", other));
    }

    @Test
    void anEndThatIsOwedDoesNotKeepTheSessionFromItsRoom() {
        scene.switchboard.destroy(b, id("b"));
        scene.store.failed();
        b.told();

        scene.create(b, "b");
        scene.store.written();

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(scene.store.records.get(1))
                .startsWith(new Store.Change.Ended(id("b"), EndReason.LEFT))
                .hasSize(2);
    }

    @Test
    void aRepeatedCreateIsAnsweredThoughWhatIsOwedCannotBeWritten() {
        ResumablePeer r = new ResumablePeer(scene, "r");
        r.create();
        scene.store.written();
        scene.lose(b);
        scene.store.failed();
        r.learn();

        r.create();
        scene.store.failed();

        assertThat(r.learn()).containsExactly(new ServerEvent.CreateRefused(r.id, ServerEvent.Refusal.STORE_FAILED));
    }

    @Test
    void aRoomIsKeptUntilItOwesNothing() {
        scene.switchboard.destroy(a, id("a"));
        scene.store.failed();
        scene.switchboard.destroy(b, id("b"));
        scene.store.failed();
        assertThat(scene.switchboard.roomCount()).isEqualTo(1);
        scene.timer.advanceMillis(1_000);
        scene.store.written();
        assertThat(scene.switchboard.roomCount()).isZero();
    }

    @Test
    void aConnectionThatIsLostWhileItsSessionIsWrittenLeavesNoGhost() {
        FakeConnection c = scene.connect("c");
        scene.create(c, "c");
        scene.lose(c);
        scene.store.written();

        assertThat(a.told())
                .containsExactly(
                        delivery("a", new Message.PeerJoined(id("c"))), delivery("a", new Message.PeerAway(id("c"))));
    }

    @Test
    void aConnectionThatLeavesWhileItsSessionIsWrittenTakesItAlong() {
        FakeConnection c = scene.connect("c");
        scene.create(c, "c");
        scene.switchboard.closed(c, DisconnectReason.LEAVING);
        scene.store.written();
        scene.store.written();

        assertThat(a.told())
                .containsExactly(
                        delivery("a", new Message.PeerJoined(id("c"))),
                        delivery("a", new Message.PeerLeft(id("c"), EndReason.LEFT)));
    }

    @Test
    void anExpiryThatComesTooLateEndsNobody() {
        FakeConnection c = scene.connect("c");
        scene.create(c, "c");
        scene.store.written();
        scene.lose(c);
        scene.timer.advanceMillis(59_999);
        FakeConnection again = scene.connect("again");

        scene.switchboard.relay(a, id("a"), 0, to("b", "")); // keeps the executor busy
        scene.create(again, "c");
        scene.timer.advanceMillis(1);
        List.of(a, again).forEach(FakeConnection::told);
        scene.store.written();

        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerBack(id("c"))));
        assertThat(scene.store.unanswered()).as("no end is written").isZero();
    }

    @Test
    void theStatusNeverShowsAMomentBetweenConnectedAndReconnecting() {
        scene.lose(b);
        scene.switchboard.relay(a, id("a"), 0, toAll("")); // nobody there: no record
        FakeConnection c = scene.connect("c");
        scene.create(c, "c"); // keeps the executor busy
        scene.lose(a);
        scene.lose(c);
        assertThat(scene.status().state()).isEqualTo(Status.State.CONNECTED);

        scene.store.written();

        assertThat(scene.status().state()).isEqualTo(Status.State.RECONNECTING);
    }

    @Test
    void aRoomWithTooMuchToDoSaysSoButLosesNoEvent() {
        for (int i = 0; i < 5; i++) {
            scene.switchboard.relay(a, id("a"), 0, toAll(""));
        }

        scene.switchboard.relay(a, id("a"), 0, toAll(""));
        scene.switchboard.create(b, id("c"), ROOM, null);
        scene.lose(b);

        assertThat(a.told()).containsExactly(new ServerEvent.Rejected(id("a"), ServerEvent.Rejection.BUSY, null));
        assertThat(b.told()).containsExactly(new ServerEvent.Rejected(id("c"), ServerEvent.Rejection.BUSY, null));
        assertThat(scene.status().state()).isEqualTo(Status.State.CONNECTED);
        scene.store.written(); // the first signal
        scene.store.written(); // all others
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerAway(id("b"))));
    }
}
