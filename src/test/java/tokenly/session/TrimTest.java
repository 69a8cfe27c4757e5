package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.to;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session has processed: forgotten at once by its mailbox, and by the store when there is something else to write. */
class TrimTest {

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = new ResumablePeer(fixture, "a");
    private final ResumablePeer b = new ResumablePeer(fixture, "b");

    TrimTest() {
        a.create();
        b.create();
        a.send(1, to("b", "1"));
        a.send(2, to("b", "2"));
        fixture.timer.advance(Duration.ofSeconds(1));
        fixture.store.records.clear();
    }

    private static Store.Change trimmed(ResumablePeer peer, long ackedSeq) {
        return new Store.Change.Trimmed(peer.id, ackedSeq);
    }

    private List<Store.Change> written() {
        List<Store.Change> changes = new ArrayList<>();
        fixture.store.records.forEach(changes::addAll);
        fixture.store.records.clear();
        return changes;
    }

    @Test
    void isWrittenWithTheNextRecordOfTheRoomOnce() {
        b.ack(1);
        b.ack(2);
        assertThat(fixture.store.records).isEmpty();

        a.send(3, to("b", "3"));
        assertThat(fixture.store.records).hasSize(1);
        assertThat(written()).startsWith(trimmed(b, 2)).contains(new Store.Change.Taken(a.id, 3));

        fixture.timer.advance(Duration.ofSeconds(5));
        assertThat(written()).isEmpty();
    }

    @Test
    void isWrittenByItselfAfterAMomentInWhichNothingElseIs() {
        b.ack(1);
        fixture.timer.advance(Duration.ofMillis(99));
        b.ack(2);
        assertThat(written()).isEmpty();

        fixture.timer.advance(Duration.ofMillis(1));

        assertThat(written()).containsExactly(trimmed(b, 2));
    }

    @Test
    void isWrittenLaterWhereTheStoreFails() {
        fixture.store.hold();
        b.ack(2);
        fixture.timer.advance(Duration.ofMillis(100));
        fixture.store.failed();
        assertThat(written()).containsExactly(trimmed(b, 2));

        fixture.timer.advance(Duration.ofSeconds(1));

        assertThat(written()).containsExactly(trimmed(b, 2));
        fixture.store.written();
        fixture.timer.advance(Duration.ofSeconds(5));
        assertThat(written()).isEmpty();
    }

    @Test
    void isNotWrittenOfASessionThatHasEndedMeanwhile() {
        fixture.store.hold();
        b.ack(2);
        fixture.timer.advance(Duration.ofMillis(100));
        fixture.switchboard.destroy(b.connection, b.id);
        fixture.store.failed(); // the trim
        fixture.store.failed(); // that it has ended, which is owed
        written();

        fixture.timer.advance(Duration.ofSeconds(1));

        assertThat(written())
                .startsWith(new Store.Change.Ended(b.id, EndReason.LEFT))
                .doesNotContain(trimmed(b, 2));
    }
}
