package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.to;

import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

/** Signals that come while the one before is being written: one record, in which each has its own number and fate. */
class BurstTest {

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = new ResumablePeer(fixture, "a");
    private final ResumablePeer b = new ResumablePeer(fixture, "b");

    BurstTest() {
        a.create();
        b.create();
        a.learn();
        b.learn();
        fixture.store.records.clear();
        fixture.store.hold();
    }

    @Test
    void isOneRecordOfWhichNothingIsSeenBeforeItIsWritten() {
        a.send(1, to("b", "1"));
        a.send(2, to("b", "2"));
        b.send(1, to("a", "one"));
        a.send(3, to("b", "3"));
        fixture.store.written();
        b.learn();
        a.learn();

        assertThat(fixture.store.records).hasSize(2);
        assertThat(fixture.store.records.get(1))
                .contains(
                        new Store.Change.Taken(a.id, 2),
                        new Store.Change.Taken(b.id, 1),
                        new Store.Change.Taken(a.id, 3));
        assertThat(b.acknowledged()).isZero();

        fixture.store.written();

        assertThat(b.learn()).hasSize(2);
        assertThat(a.learn()).hasSize(1);
        assertThat(a.acknowledged()).isEqualTo(3);
        assertThat(b.acknowledged()).isEqualTo(1);
    }

    @Test
    void takesWhatFitsItsNumbersAndNothingElse() {
        a.send(1, to("b", "1"));
        a.send(1, to("b", "1")); // again
        a.send(3, to("b", "3")); // a gap
        a.send(2, to("nobody", "2"));
        fixture.store.written();
        a.learn();

        fixture.store.written();

        assertThat(a.learn())
                .contains(
                        new ServerEvent.Rejected(a.id, ErrorCode.SEQ_GAP, 1L),
                        a.delivery(
                                2,
                                new Message.Undeliverable(
                                        Fixture.id("nobody"), List.of(2L), Message.UndeliverableReason.UNKNOWN_PEER)));
        assertThat(a.acknowledged()).isEqualTo(2);
    }

    @Test
    void failsAsAWholeOfWhichEachSenderHearsOnce() {
        a.send(1, to("b", "1"));
        a.send(2, to("b", "2"));
        a.send(3, to("b", "3"));
        b.send(1, to("a", "one"));
        fixture.store.written();
        a.learn();
        b.learn();

        fixture.store.failed();

        assertThat(a.learn()).containsExactly(new ServerEvent.Rejected(a.id, ErrorCode.STORE_FAILED, 1L));
        assertThat(b.learn()).containsExactly(new ServerEvent.Rejected(b.id, ErrorCode.STORE_FAILED, 0L));
    }

    @Test
    void isNoLargerThanIsGoodForARecord() {
        String large = "x".repeat(30_000);
        a.send(1, to("b", "1"));
        for (int seq = 2; seq <= 4; seq++) {
            a.send(seq, to("b", large));
        }
        fixture.store.written();
        fixture.store.written();
        fixture.store.written();

        assertThat(fixture.store.records).hasSize(3);
        assertThat(b.learn()).hasSize(4);
    }
}
