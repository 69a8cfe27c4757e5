package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Scene.ROOM;
import static tokenly.session.Scene.created;
import static tokenly.session.Scene.delivery;
import static tokenly.session.Scene.id;
import static tokenly.session.Scene.signal;
import static tokenly.session.Scene.to;
import static tokenly.session.Scene.toAll;
import static tokenly.session.Scene.undeliverable;

import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchboardTest {

    private final Scene scene = new Scene();

    @Test
    void aNewPeerIsToldWhoIsThereAndTheOthersAreToldOfIt() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.connect("b");

        scene.create(b, "b");

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerJoined(id("b"))));
    }

    @Test
    void aNewPeerIsToldWhoIsAway() {
        FakeConnection a = scene.join("a");
        scene.lose(a);
        FakeConnection b = scene.connect("b");

        scene.create(b, "b");

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"), delivery("b", new Message.PeerAway(id("a"))));
    }

    @Test
    void aSignalGoesToItsAddresseeOnly() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        FakeConnection c = scene.join("c");
        a.told();
        b.told();

        scene.switchboard.relay(a, id("a"), 0, to("b", "\"sdp\":1"));

        assertThat(b.told()).containsExactly(signal("b", "a", to("b", "\"sdp\":1")));
        assertThat(a.told()).isEmpty();
        assertThat(c.told()).isEmpty();
    }

    @Test
    void aSignalWithoutAddresseeGoesToAllOthersOfTheRoomOnly() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        FakeConnection c = scene.join("c");
        FakeConnection elsewhere = scene.connect("elsewhere");
        scene.switchboard.create(elsewhere, id("d"), new RoomId("other"), null);
        List.of(a, b, elsewhere).forEach(FakeConnection::told);

        scene.switchboard.relay(a, id("a"), 0, toAll(""));

        assertThat(b.told()).containsExactly(signal("b", "a", toAll("")));
        assertThat(c.told()).containsExactly(signal("c", "a", toAll("")));
        assertThat(a.told()).isEmpty();
        assertThat(elsewhere.told()).isEmpty();
    }

    @Test
    void whoeverSendsToNobodyIsTold() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        scene.lose(b);
        a.told();

        scene.switchboard.relay(a, id("a"), 0, to("b", ""));
        scene.switchboard.relay(a, id("a"), 0, to("c", ""));
        scene.switchboard.relay(a, id("a"), 0, to("a", ""));

        assertThat(a.told())
                .containsExactly(
                        undeliverable("a", "b", Message.UndeliverableReason.AWAY),
                        undeliverable("a", "c", Message.UndeliverableReason.UNKNOWN_PEER),
                        undeliverable("a", "a", Message.UndeliverableReason.UNKNOWN_PEER));
    }

    @Test
    void aFrameForAnothersSessionIsAnsweredLikeOneForNone() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        a.told();

        scene.switchboard.relay(b, id("a"), 0, toAll(""));
        scene.switchboard.destroy(b, id("a"));
        scene.switchboard.relay(b, id("nobody"), 0, toAll(""));
        scene.switchboard.destroy(b, id("nobody"));

        assertThat(b.told())
                .containsExactly(
                        new ServerEvent.Rejected(id("a"), ServerEvent.Rejection.UNKNOWN_SESSION, null),
                        new ServerEvent.Rejected(id("a"), ServerEvent.Rejection.UNKNOWN_SESSION, null),
                        new ServerEvent.Rejected(id("nobody"), ServerEvent.Rejection.UNKNOWN_SESSION, null),
                        new ServerEvent.Rejected(id("nobody"), ServerEvent.Rejection.UNKNOWN_SESSION, null));
        assertThat(a.told()).isEmpty();
    }

    @Test
    void destroyEndsTheSessionAndTellsTheRoom() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        a.told();

        scene.switchboard.destroy(b, id("b"));

        assertThat(b.told()).containsExactly(new ServerEvent.Destroyed(id("b")));
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
        assertThat(scene.status().activeSessions()).isEqualTo(1);
    }

    @Test
    void aLostPeerIsAwayUntilItsWindowEnds() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        a.told();

        scene.lose(b);
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerAway(id("b"))));
        scene.timer.advanceMillis(59_999);
        assertThat(a.told()).isEmpty();
        assertThat(scene.status().activeSessions()).isEqualTo(2);
        scene.timer.advanceMillis(1);

        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.EXPIRED)));
        assertThat(scene.status().activeSessions()).isEqualTo(1);
    }

    @Test
    void aLostPeerComesBackToItsPlaceAndItsOldExpiryIsForgotten() {
        FakeConnection a = scene.join("a");
        scene.lose(scene.join("b"));
        a.told();
        scene.timer.advanceMillis(59_999);
        FakeConnection again = scene.connect("again");

        scene.create(again, "b");
        scene.timer.advanceMillis(120_000);

        assertThat(again.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerBack(id("b"))));
        assertThat(scene.status().activeSessions()).isEqualTo(2);
        assertThat(scene.timer.pending()).isZero();
    }

    @Test
    void aPeerThatGoesAwayLeavesAfterTheGrace() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        a.told();

        scene.switchboard.closed(b, DisconnectReason.GOING_AWAY);
        scene.timer.advanceMillis(4_999);
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerAway(id("b"))));
        scene.timer.advanceMillis(1);

        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
    }

    @Test
    void aPeerThatClosesNormallyLeavesAtOnce() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.join("b");
        a.told();

        scene.switchboard.closed(b, DisconnectReason.LEAVING);

        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
        assertThat(scene.timer.pending()).isZero();
    }

    @Test
    void aLateEventOfAnOlderAttachmentChangesNothing() {
        FakeConnection a = scene.join("a");
        FakeConnection old = scene.join("b");
        scene.lose(old);
        FakeConnection again = scene.connect("again");
        scene.create(again, "b");
        List.of(a, old, again).forEach(FakeConnection::told);

        scene.switchboard.closed(old, DisconnectReason.LEAVING);
        scene.switchboard.relay(old, id("b"), 0, toAll(""));
        scene.switchboard.destroy(old, id("b"));
        scene.switchboard.create(old, id("b"), ROOM, null);

        assertThat(a.told()).isEmpty();
        assertThat(again.told()).isEmpty();
        assertThat(scene.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void oneConnectionHoldsManySessionsAndLosesThemTogether() {
        FakeConnection gateway = scene.connect("gateway");
        for (int i = 0; i < 100; i++) {
            scene.switchboard.create(gateway, id("s" + i), new RoomId("r" + i / 2), null);
        }
        scene.switchboard.relay(gateway, id("s0"), 0, to("s1", ""));
        assertThat(gateway.told()).contains(signal("s1", "s0", to("s1", "")));

        scene.lose(gateway);

        assertThat(scene.status().state()).isEqualTo(Status.State.RECONNECTING);
        assertThat(scene.status().activeSessions()).isEqualTo(100);
        scene.timer.advanceMillis(60_000);
        assertThat(scene.status().activeSessions()).isZero();
        assertThat(scene.status().state()).isEqualTo(Status.State.FAILED);
    }

    @Test
    void stopReachesEveryConnection() {
        FakeConnection a = scene.join("a");
        FakeConnection b = scene.connect("b");

        scene.switchboard.stop();

        assertThat(List.of(a, b)).allMatch(connection -> connection.isStopped);
    }

    @Test
    void aConnectionEndsEvenIfABugKeepsOneOfItsSessionsFromBeingSettled() {
        FakeConnection a = scene.join("a");
        scene.timer.breakOnce();

        scene.lose(a);

        assertThat(scene.switchboard.holdsNone(a)).isTrue();
        assertThat(scene.status().state()).isNotEqualTo(Status.State.CONNECTED);
    }
}
