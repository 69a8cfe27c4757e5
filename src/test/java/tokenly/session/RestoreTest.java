package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.ROOM;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A server that was killed and has come back. */
class RestoreTest {

    private static final Epoch EPOCH = new Epoch("before");

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = new ResumablePeer(fixture, "a");
    private final ResumablePeer b = new ResumablePeer(fixture, "b");

    /** a has sent 1 and 2 to b, which has processed 1 of them. */
    private void restore(boolean isComplete) {
        Message second = new Message.Signalled(a.id, new Source(EPOCH, 2), to("b", "2"));
        fixture.switchboard.restore(new Store.Recovered(
                List.of(
                        new Store.Image(a.id, ROOM, EPOCH, a.credentials(), Role.OPEN, 2, 5, List.of(), false),
                        new Store.Image(b.id, ROOM, EPOCH, b.credentials(), Role.OPEN, 0, 1, List.of(second), false),
                        new Store.Image(id("p"), ROOM, EPOCH, null, Role.OPEN, 0, 0, List.of(), false)),
                isComplete));
        a.continueIn(EPOCH);
        b.continueIn(EPOCH);
    }

    @Test
    void everySessionWaitsForAFullWindow() {
        restore(true);
        assertThat(fixture.status().activeSessions()).isEqualTo(3);
        fixture.lose(a.connection);
        fixture.lose(b.connection);
        assertThat(fixture.status().state()).isEqualTo(Status.State.RECONNECTING);
        fixture.timer.advanceMillis(59_999);
        assertThat(fixture.status().activeSessions()).isEqualTo(3);
        fixture.timer.advanceMillis(1);
        assertThat(fixture.status().activeSessions()).isZero();
        assertThat(fixture.status().state()).isEqualTo(Status.State.FAILED);
    }

    @Test
    void bothSidesGoOnWhereTheyStood() {
        restore(true);

        List<ServerEvent> told = b.resume(1, 0);

        assertThat(told)
                .containsExactly(
                        b.resumed(0, 2),
                        b.signal(2, a, 2, to("b", "2")),
                        b.delivery(3, Fixture.away(a.id)),
                        b.delivery(4, Fixture.away(id("p"))));
        assertThat(a.resume(5, 3))
                .containsExactly(
                        a.resumed(2, 5), a.delivery(6, Fixture.back(b.id)), a.delivery(7, Fixture.away(id("p"))));
        a.send(2, to("b", "2"));
        a.send(3, to("b", "3"));
        assertThat(b.learn()).containsExactly(b.delivery(5, Fixture.back(a.id)), b.signal(6, a, 3, to("b", "3")));
    }

    @Test
    void whatAClientHasProcessedLeavesRoomForWhatItIsTold() {
        List<Message> eight = Collections.nCopies(8, Fixture.back(a.id));
        fixture.switchboard.restore(new Store.Recovered(
                List.of(
                        new Store.Image(a.id, ROOM, EPOCH, a.credentials(), Role.OPEN, 0, 0, List.of(), false),
                        new Store.Image(b.id, ROOM, EPOCH, b.credentials(), Role.OPEN, 0, 0, eight, false)),
                true));
        b.continueIn(EPOCH);
        assertThat(b.resume(8, 0)).containsExactly(b.resumed(0, 8), b.delivery(9, Fixture.away(a.id)));
    }

    @Test
    void everySessionIsThereThoughTheStoreIsSlow() {
        fixture.store.hold();
        restore(false);
        assertThat(b.resume(1, 0)).as("it waits for its turn").isEmpty();
        for (int i = 0; i < 3; i++) {
            fixture.store.written();
        }
        assertThat(b.learn()).startsWith(b.reset(ResetReason.STORE_WENT_BACK, "a", "p"));
    }

    @Test
    void aNewEpochThatCannotBeWrittenIsOwed() {
        fixture.store.hold();
        restore(false);
        fixture.store.failed();
        assertThat(fixture.store.records.get(1))
                .extracting(Store.Change::session)
                .containsExactly(a.id, b.id);
        fixture.store.written();
        fixture.timer.advanceMillis(1_000);
        assertThat(fixture.store.unanswered()).as("nothing is owed any more").isZero();
    }

    @Test
    void aStoreThatMayHaveLostItsEndNamesWhatItStillHas() {
        restore(false);
        a.resumeAcknowledged(5, 4, 4);

        assertThat(a.acceptedBeforeReset())
                .as("3 and 4 were acknowledged, and are lost")
                .isEqualTo(2);
    }

    @Test
    void aMailboxThatWasNotReadBackOverflowsAndItsSendersLearnWhatIsLost() {
        fixture.switchboard.restore(new Store.Recovered(
                List.of(
                        new Store.Image(b.id, ROOM, EPOCH, b.credentials(), Role.OPEN, 0, 1, List.of(), false),
                        new Store.Image(a.id, ROOM, EPOCH, a.credentials(), Role.OPEN, 7, 5, List.of(), false)),
                true,
                Map.of(b.id, List.of(new Store.Loss(a.id, EPOCH, List.of(2L, 7L))))));
        a.continueIn(EPOCH);
        b.continueIn(EPOCH);
        Message lost = new Message.Undeliverable(b.id, List.of(2L, 7L), Message.UndeliverableReason.OVERFLOW);

        assertThat(fixture.store.records.get(0))
                .as("in one record")
                .containsExactly(new Store.Change.Overflowed(b.id), new Store.Change.Appended(a.id, 6, lost));
        assertThat(b.resume(1, 0)).startsWith(b.reset(ResetReason.OVERFLOW, "a"));
        assertThat(a.resume(5, 7)).startsWith(a.resumed(7, 6), a.delivery(6, lost));
    }

    @Test
    void aMailboxIsShedInTheEndThoughTheStoreFailsAtFirst() {
        fixture.store.hold();
        fixture.switchboard.restore(new Store.Recovered(
                List.of(new Store.Image(b.id, ROOM, EPOCH, b.credentials(), Role.OPEN, 0, 1, List.of(), false)),
                true,
                Map.of(b.id, List.of())));
        b.continueIn(EPOCH);
        fixture.store.failed();
        fixture.timer.advanceMillis(1_000);
        fixture.store.written();

        assertThat(b.resume(1, 0)).isEmpty();
        fixture.store.written();
        assertThat(b.learn()).startsWith(b.reset(ResetReason.OVERFLOW));
    }

    @Test
    void aMailboxBeyondTheBoundsOfThisRunOverflowsToo() {
        List<Message> nine = IntStream.rangeClosed(1, 9)
                .<Message>mapToObj(seq -> new Message.Signalled(a.id, new Source(EPOCH, seq), to("b", "" + seq)))
                .toList();
        fixture.switchboard.restore(new Store.Recovered(
                List.of(
                        new Store.Image(b.id, ROOM, EPOCH, b.credentials(), Role.OPEN, 0, 0, nine, false),
                        new Store.Image(a.id, ROOM, EPOCH, a.credentials(), Role.OPEN, 9, 0, List.of(), false)),
                true));
        a.continueIn(EPOCH);
        b.continueIn(EPOCH);
        List<Long> all = LongStream.rangeClosed(1, 9).boxed().toList();

        assertThat(b.resume(0, 0)).startsWith(b.reset(ResetReason.OVERFLOW, "a"));
        assertThat(a.resume(0, 9))
                .contains(a.delivery(1, new Message.Undeliverable(b.id, all, Message.UndeliverableReason.OVERFLOW)));
    }

    @Test
    void aStoreThatMayHaveLostItsEndBeginsNewEpochs() {
        restore(false);
        assertThat(b.resume(2, 0))
                .startsWith(b.reset(ResetReason.STORE_WENT_BACK, "a", "p"))
                .hasSize(3);
        assertThat(fixture.store.records)
                .filteredOn(record -> record.get(0) instanceof Store.Change.Restarted)
                .as("the new epochs are written: one for each, and one more for the reset")
                .hasSize(3);
    }
}
