package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        mailbox.append(item(Fixture.joined(id("a"))));
        mailbox.append(item(Fixture.joined(id("b"))));
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
        b.send(1, to("c", "1"));
        fillTheMailboxOfB();
        fixture.store.hold();
        fixture.switchboard.destroy(c.connection, c.id);
        fixture.store.failed(); // that c has left without its signal is owed to b, too

        b.resume(1, 1);
        fixture.store.written();

        assertThat(b.learn()).startsWith(b.reset(ResetReason.OVERFLOW, "a"));
    }

    @Test
    void anOverflowByWhatIsOwedIsNoRepeatedCreateEither() {
        Fixture restarted = new Fixture();
        ResumablePeer late = new ResumablePeer(restarted, "late");
        Epoch before = new Epoch("before");
        restarted.store.hold();
        restarted.switchboard.restore(new Store.Recovered(
                List.of(new Store.Image(
                        late.id, Fixture.ROOM, before, late.credentials(), Role.OPEN, 0, 0, List.of(), false)),
                true,
                Map.of(late.id, List.of()))); // what was in its mailbox was not read back
        restarted.store.failed();

        late.create();
        restarted.store.written();

        assertThat(late.learn()).startsWith(late.created());
        assertThat(late.epoch()).isNotEqualTo(before);
    }

    @Test
    void whoeverBeginsAnewIsNotToldOfSignalsOfItsOldEpoch() {
        fillTheMailboxOfB();
        a.connect();

        a.create();
        ResumablePeer c = new ResumablePeer(fixture, "c");
        c.create();
        c.send(1, to("b", "one too many"));

        assertThat(written()).contains(new Store.Change.Overflowed(b.id));
        assertThat(a.learn())
                .as("what the mailbox of b held is written off with the epoch")
                .containsExactly(a.delivery(2, Fixture.joined(c.id)));
    }

    @Test
    void nothingIsWrittenOfASessionThatHasEnded() {
        fillTheMailboxOfB();

        fixture.switchboard.destroy(a.connection, a.id);

        List<List<Store.Change>> records = fixture.store.records;
        assertThat(records.get(records.size() - 1)).endsWith(new Store.Change.Ended(a.id, EndReason.LEFT));
    }
}
