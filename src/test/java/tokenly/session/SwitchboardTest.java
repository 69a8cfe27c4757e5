package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.ROOM;
import static tokenly.session.Fixture.created;
import static tokenly.session.Fixture.delivery;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.signal;
import static tokenly.session.Fixture.to;
import static tokenly.session.Fixture.toAll;
import static tokenly.session.Fixture.undeliverable;

import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

class SwitchboardTest {

    private final Fixture fixture = new Fixture();

    @Test
    void aNewPeerIsToldWhoIsThereAndTheOthersAreToldOfIt() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.connect("b");

        fixture.create(b, "b");

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(a.told()).containsExactly(delivery("a", Fixture.joined(id("b"))));
    }

    @Test
    void aNewPeerIsToldWhoIsAway() {
        FakeConnection a = fixture.join("a");
        fixture.lose(a);
        FakeConnection b = fixture.connect("b");

        fixture.create(b, "b");

        assertThat(b.told()).containsExactly(created("b", ROOM, "a"), delivery("b", Fixture.away(id("a"))));
    }

    @Test
    void aSignalGoesToItsAddresseeOnly() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        FakeConnection c = fixture.join("c");
        a.told();
        b.told();

        fixture.switchboard.relay(a, id("a"), 0, to("b", "\"sdp\":1"));

        assertThat(b.told()).containsExactly(signal("b", "a", to("b", "\"sdp\":1")));
        assertThat(a.told()).isEmpty();
        assertThat(c.told()).isEmpty();
    }

    @Test
    void aSignalWithoutAddresseeGoesToAllOthersOfTheRoomOnly() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        FakeConnection c = fixture.join("c");
        FakeConnection elsewhere = fixture.connect("elsewhere");
        fixture.switchboard.create(elsewhere, id("d"), new RoomId("other"), null);
        List.of(a, b, elsewhere).forEach(FakeConnection::told);

        fixture.switchboard.relay(a, id("a"), 0, toAll(""));

        assertThat(b.told()).containsExactly(signal("b", "a", toAll("")));
        assertThat(c.told()).containsExactly(signal("c", "a", toAll("")));
        assertThat(a.told()).isEmpty();
        assertThat(elsewhere.told()).isEmpty();
    }

    @Test
    void whoeverSendsToNobodyIsTold() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        fixture.lose(b);
        a.told();

        fixture.switchboard.relay(a, id("a"), 0, to("b", ""));
        fixture.switchboard.relay(a, id("a"), 0, to("c", ""));
        fixture.switchboard.relay(a, id("a"), 0, to("a", ""));

        assertThat(a.told())
                .containsExactly(
                        undeliverable("a", "b", Message.UndeliverableReason.AWAY),
                        undeliverable("a", "c", Message.UndeliverableReason.UNKNOWN_PEER),
                        undeliverable("a", "a", Message.UndeliverableReason.UNKNOWN_PEER));
    }

    @Test
    void aFrameForAnothersSessionIsAnsweredLikeOneForNone() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        a.told();

        fixture.switchboard.relay(b, id("a"), 0, toAll(""));
        fixture.switchboard.destroy(b, id("a"));
        fixture.switchboard.relay(b, id("nobody"), 0, toAll(""));
        fixture.switchboard.destroy(b, id("nobody"));

        assertThat(b.told())
                .containsExactly(
                        new ServerEvent.Rejected(id("a"), ErrorCode.UNKNOWN_SESSION, null),
                        new ServerEvent.Rejected(id("a"), ErrorCode.UNKNOWN_SESSION, null),
                        new ServerEvent.Rejected(id("nobody"), ErrorCode.UNKNOWN_SESSION, null),
                        new ServerEvent.Rejected(id("nobody"), ErrorCode.UNKNOWN_SESSION, null));
        assertThat(a.told()).isEmpty();
    }

    @Test
    void destroyEndsTheSessionAndTellsTheRoom() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        a.told();

        fixture.switchboard.destroy(b, id("b"));

        assertThat(b.told()).containsExactly(new ServerEvent.Destroyed(id("b")));
        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
        assertThat(fixture.status().activeSessions()).isEqualTo(1);
    }

    @Test
    void aLostPeerIsAwayUntilItsWindowEnds() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        a.told();

        fixture.lose(b);
        assertThat(a.told()).containsExactly(delivery("a", Fixture.away(id("b"))));
        fixture.timer.advanceMillis(59_999);
        assertThat(a.told()).isEmpty();
        assertThat(fixture.status().activeSessions()).isEqualTo(2);
        fixture.timer.advanceMillis(1);

        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.EXPIRED)));
        assertThat(fixture.status().activeSessions()).isEqualTo(1);
    }

    @Test
    void aLostPeerComesBackToItsPlaceAndItsOldExpiryIsForgotten() {
        FakeConnection a = fixture.join("a");
        fixture.lose(fixture.join("b"));
        a.told();
        fixture.timer.advanceMillis(59_999);
        FakeConnection again = fixture.connect("again");

        fixture.create(again, "b");
        fixture.timer.advanceMillis(120_000);

        assertThat(again.told()).containsExactly(created("b", ROOM, "a"));
        assertThat(a.told()).containsExactly(delivery("a", Fixture.back(id("b"))));
        assertThat(fixture.status().activeSessions()).isEqualTo(2);
        assertThat(fixture.timer.pending()).isZero();
    }

    @Test
    void aPeerThatGoesAwayLeavesAfterTheGrace() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        a.told();

        fixture.switchboard.closed(b, DisconnectReason.GOING_AWAY);
        fixture.timer.advanceMillis(4_999);
        assertThat(a.told()).containsExactly(delivery("a", Fixture.away(id("b"))));
        fixture.timer.advanceMillis(1);

        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
    }

    @Test
    void aPeerThatClosesNormallyLeavesAtOnce() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        a.told();

        fixture.switchboard.closed(b, DisconnectReason.LEAVING);

        assertThat(a.told()).containsExactly(delivery("a", new Message.PeerLeft(id("b"), EndReason.LEFT)));
        assertThat(fixture.timer.pending()).isZero();
    }

    @Test
    void aLateEventOfAnOlderAttachmentChangesNothing() {
        FakeConnection a = fixture.join("a");
        FakeConnection old = fixture.join("b");
        fixture.lose(old);
        FakeConnection again = fixture.connect("again");
        fixture.create(again, "b");
        List.of(a, old, again).forEach(FakeConnection::told);

        fixture.switchboard.closed(old, DisconnectReason.LEAVING);
        fixture.switchboard.relay(old, id("b"), 0, toAll(""));
        fixture.switchboard.destroy(old, id("b"));
        fixture.switchboard.create(old, id("b"), ROOM, null);

        assertThat(a.told()).isEmpty();
        assertThat(again.told()).isEmpty();
        assertThat(fixture.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void oneConnectionHoldsManySessionsAndLosesThemTogether() {
        FakeConnection gateway = fixture.connect("gateway");
        for (int i = 0; i < 100; i++) {
            fixture.switchboard.create(gateway, id("s" + i), new RoomId("r" + i / 2), null);
        }
        fixture.switchboard.relay(gateway, id("s0"), 0, to("s1", ""));
        assertThat(gateway.told()).contains(signal("s1", "s0", to("s1", "")));

        fixture.lose(gateway);

        assertThat(fixture.status().state()).isEqualTo(Status.State.RECONNECTING);
        assertThat(fixture.status().activeSessions()).isEqualTo(100);
        fixture.timer.advanceMillis(60_000);
        assertThat(fixture.status().activeSessions()).isZero();
        assertThat(fixture.status().state()).isEqualTo(Status.State.FAILED);
    }

    @Test
    void stopReachesEveryConnection() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.connect("b");

        fixture.switchboard.stop();

        assertThat(List.of(a, b)).allMatch(connection -> connection.isStopped);
    }

    @Test
    void aConnectionEndsEvenIfABugKeepsOneOfItsSessionsFromBeingSettled() {
        FakeConnection a = fixture.join("a");
        fixture.timer.breakOnce();

        fixture.lose(a);

        assertThat(fixture.switchboard.holdsNone(a)).isTrue();
        assertThat(fixture.status().state()).isNotEqualTo(Status.State.CONNECTED);
    }
}
