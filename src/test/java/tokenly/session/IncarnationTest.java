package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.ROOM;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A signal that is meant for one owner of a name never reaches the next. */
class IncarnationTest {

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = peer("a", "a");
    private final ResumablePeer b = peer("b", "b");

    private ResumablePeer peer(String id, String instance) {
        ResumablePeer peer = new ResumablePeer(fixture, id, instance);
        peer.create();
        return peer;
    }

    private Incarnation joinedAs(ResumablePeer other) {
        return a.connection.raw.stream()
                .filter(event -> event instanceof ServerEvent.Delivery delivery
                        && delivery.message() instanceof Message.PeerJoined joined
                        && joined.peer().equals(other.id))
                .map(event -> ((Message.PeerJoined) ((ServerEvent.Delivery) event).message()).incarnation())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private void send(long seq, Incarnation owner) {
        fixture.switchboard.relay(a.connection, a.id, seq, to("b", ""), owner);
    }

    private List<ServerEvent> refused(long seq, long number) {
        return List.of(a.delivery(
                seq, new Message.Undeliverable(b.id, List.of(number), Message.UndeliverableReason.REPLACED)));
    }

    @Test
    void theNextOwnerOfANameDoesNotGetWhatWasMeantForTheLast() {
        Incarnation first = joinedAs(b);
        fixture.switchboard.destroy(b.connection, b.id);
        FakeConnection stranger = fixture.connect("stranger");
        fixture.switchboard.create(
                stranger, b.id, ROOM, new Credentials(ResumablePeer.keyOf("stranger"), new Instance("s"), 1));
        a.learn();
        stranger.told();

        send(1, first);

        assertThat(stranger.told()).isEmpty();
        assertThat(a.learn()).isEqualTo(refused(4, 1));
        send(2, joinedAs(b));
        assertThat(stranger.told()).hasSize(1);
    }

    @Test
    void aReloadedPageIsTheSameOwner() {
        Incarnation before = joinedAs(b);
        ResumablePeer reloaded = peer("b", "reloaded");
        send(1, before);
        assertThat(reloaded.learn()).containsExactly(reloaded.signal(1, a, 1, to("b", "")));
    }

    @Test
    void aPlainPeerHasOneToo() {
        FakeConnection plain = fixture.connect("plain");
        fixture.create(plain, "p");
        ResumablePeer p = new ResumablePeer(fixture, "p");
        Incarnation first = joinedAs(p);
        fixture.switchboard.destroy(plain, id("p"));
        fixture.create(plain, "p");
        assertThat(joinedAs(p)).isNotEqualTo(first);
    }

    @Test
    void whatAPeerThatLeavesHasNotAcknowledgedIsNamedToItsSender() {
        a.learn();
        a.send(1, to("b", "1"));
        a.send(2, to("b", "2"));
        b.ack(1);
        fixture.switchboard.destroy(b.connection, b.id);

        assertThat(a.learn())
                .containsExactly(
                        a.delivery(2, new Message.Undeliverable(b.id, List.of(2L), Message.UndeliverableReason.LEFT)),
                        a.delivery(3, new Message.PeerLeft(b.id, EndReason.LEFT)));
    }

    @Test
    void toLeaveEndsAllSessionsOfTheConnectionAndOfNoOther() {
        fixture.switchboard.create(
                b.connection, id("c"), ROOM, new Credentials(ResumablePeer.keyOf("c"), b.instance, 1));
        b.learn();
        fixture.switchboard.leave(b.connection);
        assertThat(b.learn()).contains(new ServerEvent.Destroyed(b.id), new ServerEvent.Destroyed(id("c")));
        assertThat(fixture.switchboard.status().activeSessions()).isEqualTo(1);
    }
}
