package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Scene.id;
import static tokenly.session.Scene.to;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A mailbox that passes its bounds just when something else happens to its session, or to a sender. */
class OverflowTest {

    private final Scene scene = new Scene();
    private final ResumablePeer a = new ResumablePeer(scene, "a");
    private final ResumablePeer b = new ResumablePeer(scene, "b");

    OverflowTest() {
        a.create();
        b.create();
        a.learn();
        a.ack(1); // b has joined
    }

    /** b waits, and has room for no more than the eight signals of a. */
    private void fillTheMailboxOfB() {
        b.lose();
        for (int seq = 1; seq <= 8; seq++) {
            a.send(seq, to("b", "" + seq));
        }
        a.learn();
        a.ack(2); // b is away
    }

    private static MailboxItem item(Message message) {
        Room room = new Room(
                Scene.ROOM,
                new RoomExecutors(Runnable::run, 1, Long.MAX_VALUE, () -> Duration.ZERO).open(new RoomId("room")),
                new RoomLog.Shared(new FakeStore(), new FakeTimer(), Scene.LIMITS.mailbox(), written -> {}),
                new MailboxBudget(MailboxSums.UNBOUNDED));
        return new MailboxItem(message, room, null);
    }

    private Stream<Store.Change> written() {
        return scene.store.records.stream().flatMap(List::stream);
    }

    @Test
    void whatIsAcknowledgedAfterTheOverflowIsForgottenAlready() {
        Mailbox mailbox = new Mailbox();
        mailbox.append(item(new Message.PeerJoined(id("a"))));
        mailbox.append(item(new Message.PeerJoined(id("b"))));
        mailbox.overflow();

        mailbox.trim(1);

        assertThat(mailbox.ackedSeq()).isZero();
        assertThat(mailbox.size()).isZero();
    }

    @Test
    void anOverflowByWhatIsOwedResetsWhoeverComesBackWithTheSameRecord() {
        ResumablePeer c = new ResumablePeer(scene, "c");
        c.create();
        b.ack(1);
        fillTheMailboxOfB();
        scene.store.hold();
        scene.switchboard.destroy(c.connection, c.id);
        scene.store.failed(); // that c has left is owed to b, too

        b.resume(1, 0);
        scene.store.written();

        assertThat(b.learn()).startsWith(b.reset(ResetReason.OVERFLOW, "a"));
    }

    @Test
    void anOverflowByWhatIsOwedIsNoRepeatedCreateEither() {
        ResumablePeer c = new ResumablePeer(scene, "c");
        b.lose();
        a.ack(2);
        c.create();
        for (int seq = 1; seq <= 7; seq++) {
            a.send(seq, to("b", "" + seq));
        }
        Epoch before = b.epoch();
        scene.store.hold();
        scene.switchboard.destroy(c.connection, c.id);
        scene.store.failed();

        b.connect();
        b.create();
        scene.store.written();

        assertThat(b.learn()).startsWith(b.created("a"));
        assertThat(b.epoch()).isNotEqualTo(before);
    }

    @Test
    void whoeverBeginsAnewIsNotToldOfSignalsOfItsOldEpoch() {
        fillTheMailboxOfB();
        a.connect();

        assertThat(a.create())
                .as("its news fills the mailbox of b, but what that held is written off with the epoch")
                .containsExactly(a.created("b"), a.delivery(1, new Message.PeerAway(b.id)));

        assertThat(written()).contains(new Store.Change.Overflowed(b.id));
    }

    @Test
    void nothingIsWrittenOfASessionThatHasEnded() {
        fillTheMailboxOfB();

        scene.switchboard.destroy(a.connection, a.id);

        List<List<Store.Change>> records = scene.store.records;
        assertThat(records.get(records.size() - 1))
                .endsWith(new Store.Change.Ended(a.id, EndReason.LEFT), new Store.Change.Overflowed(b.id));
    }
}
