package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.to;
import static tokenly.session.Fixture.toAll;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions of which others are not told, and sessions that are told of no others. */
class HiddenTest {

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = peer("a", Role.OPEN);

    private ResumablePeer peer(String id, Role role) {
        ResumablePeer peer = new ResumablePeer(fixture, id);
        connect(peer, role);
        peer.create();
        return peer;
    }

    private static void connect(ResumablePeer peer, Role role) {
        peer.connect().permit = FakePermit.of(role);
    }

    private ResumablePeer hidden() {
        return peer("h", new Role("h", true, true));
    }

    private ResumablePeer blind() {
        return peer("s", new Role("s", false, false));
    }

    @Test
    void othersAreNotToldOfAHiddenOne() {
        ResumablePeer h = hidden();
        ResumablePeer b = peer("b", Role.OPEN);
        assertThat(b.create()).as("it is in no list").containsExactly(b.created("a"));
        a.learn();
        h.lose();
        h.resume(1, 0);
        h.lose();
        fixture.timer.advanceMillis(60_000);

        assertThat(a.learn()).isEmpty();
        assertThat(fixture.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void whoWasAwayIsNotToldOfAHiddenOneEither() {
        ResumablePeer h = hidden();
        a.lose();
        h.lose();
        h.resume(0, 0);
        fixture.switchboard.destroy(h.connection, h.id);
        hidden().lose();

        assertThat(a.resume(0, 0)).containsExactly(a.resumed(0, 0));
        assertThat(a.resumeAt(new Position(new Epoch("old"), 0, 0, 0), a.attempt()))
                .containsExactly(a.reset(ResetReason.EPOCH));
    }

    @Test
    void aHiddenOneSeesTheOthersAndAllSignalsGoThrough() {
        ResumablePeer h = hidden();
        assertThat(h.create()).as("it is told of all").containsExactly(h.created("a"));

        h.send(1, toAll("1"));
        a.send(1, to("h", "1"));
        h.learn();
        h.ack(1);
        a.send(2, to("h", "2"));
        h.lose();
        fixture.timer.advanceMillis(60_000);

        assertThat(a.learn())
                .containsExactly(
                        a.signal(1, h, 1, toAll("1")),
                        a.delivery(2, new Message.Undeliverable(h.id, List.of(2L), Message.UndeliverableReason.LEFT)));
    }

    @Test
    void aSignalToAllTellsNothingOfOneThatItsSenderDoesNotKnow() {
        ResumablePeer h = hidden();
        a.send(1, toAll("1"));
        fixture.switchboard.destroy(h.connection, h.id);
        assertThat(a.learn()).as("of a hidden one").isEmpty();

        ResumablePeer s = blind();
        s.send(1, toAll("1"));
        fixture.switchboard.destroy(a.connection, a.id);
        assertThat(s.learn()).as("to one that sees nobody").isEmpty();
    }

    @Test
    void oneThatMayNotSeeOthersIsToldOfNone() {
        ResumablePeer s = blind();
        assertThat(s.create()).as("an empty list").containsExactly(s.created());
        assertThat(a.learn()).as("the others see it").containsExactly(a.delivery(1, Fixture.joined(s.id)));
        a.lose();
        a.resume(1, 0);
        ResumablePeer b = peer("b", Role.OPEN);
        s.lose();
        fixture.switchboard.destroy(b.connection, b.id);

        assertThat(s.resume(0, 0)).containsExactly(s.resumed(0, 0));
        assertThat(s.resumeAt(new Position(new Epoch("old"), 0, 0, 0), s.attempt()))
                .containsExactly(s.reset(ResetReason.EPOCH));
        a.send(1, to("s", "1"));
        assertThat(s.learn()).containsExactly(s.signal(1, a, 1, to("s", "1")));
    }

    @Test
    void aRestartKeepsWhatIsHidden() {
        Epoch before = new Epoch("before");
        ResumablePeer h = new ResumablePeer(fixture, "h2");
        ResumablePeer b = new ResumablePeer(fixture, "b2");
        fixture.switchboard.restore(new Store.Recovered(
                List.of(image(h, before, new Role("h", true, true)), image(b, before, Role.OPEN)), true));
        a.learn();
        b.continueIn(before);
        b.resume(0, 0);
        assertThat(a.learn()).containsExactly(a.delivery(1, Fixture.back(b.id)));
        assertThat(b.connection.raw)
                .first()
                .isInstanceOfSatisfying(
                        ServerEvent.Resumed.class,
                        resumed -> assertThat(resumed.peers())
                                .extracting(RoomPeer::id)
                                .containsExactly(a.id));
    }

    private static Store.Image image(ResumablePeer peer, Epoch epoch, Role role) {
        return new Store.Image(peer.id, Fixture.ROOM, epoch, peer.credentials(), role, 0, 0, List.of(), false);
    }
}
