package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A mailbox that passes its bounds just when something else happens to its session, or to a sender. */
class OverflowTest {

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = new ResumablePeer(fixture, "a");
    private final ResumablePeer b = new ResumablePeer(fixture, "b");

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
                Fixture.ROOM,
                new RoomExecutors(Runnable::run, 1, Long.MAX_VALUE, () -> Duration.ZERO).open(new RoomId("room")),
                new RoomLog.Shared(new FakeStore(), new FakeTimer(), Fixture.LIMITS.mailbox(), written -> {}),
                new MailboxBudget(MailboxSums.UNBOUNDED));
        return new MailboxItem(message, room, null);
    }

    private Stream<Store.Change> written() {
        return fixture.store.records.stream().flatMap(List::stream);
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
        ResumablePeer c = new ResumablePeer(fixture, "c");
        c.create();
        b.ack(1);
        fillTheMailboxOfB();
        fixture.store.hold();
        fixture.switchboard.destroy(c.connection, c.id);
        fixture.store.failed(); // that c has left is owed to b, too

        b.resume(1, 0);
        fixture.store.written();

        assertThat(b.learn()).startsWith(b.reset(ResetReason.OVERFLOW, "a"));
    }

    @Test
    void anOverflowByWhatIsOwedIsNoRepeatedCreateEither() {
        ResumablePeer c = new ResumablePeer(fixture, "c");
        b.lose();
        a.ack(2);
        c.create();
        for (int seq = 1; seq <= 7; seq++) {
            a.send(seq, to("b", "" + seq));
        }
        Epoch before = b.epoch();
        fixture.store.hold();
        fixture.switchboard.destroy(c.connection, c.id);
        fixture.store.failed();

        b.connect();
        b.create();
        fixture.store.written();

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

        fixture.switchboard.destroy(a.connection, a.id);

        List<List<Store.Change>> records = fixture.store.records;
        assertThat(records.get(records.size() - 1))
                .endsWith(new Store.Change.Ended(a.id, EndReason.LEFT), new Store.Change.Overflowed(b.id));
    }
}
