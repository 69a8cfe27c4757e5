package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** 64 KiB in flight at first, a ping behind every quarter. */
class InFlightTest {

    private static final int KIB = 1 << 10;

    private final InFlight inFlight = new InFlight();
    private Duration now = Duration.ZERO;

    private long give(int bytes) {
        inFlight.give(bytes);
        return inFlight.duePing(now);
    }

    @Test
    void aPingIsDueBehindEveryQuarterOfTheWindow() {
        assertThat(give(16 * KIB - 1)).isZero();
        assertThat(give(1)).isEqualTo(16 * KIB);
        assertThat(give(1)).isZero();
        assertThat(give(40 * KIB)).isEqualTo(56 * KIB + 1);
    }

    @Test
    void noMoreThanAWindowIsInFlight() {
        long first = give(16 * KIB);
        give(47 * KIB);
        assertThat(inFlight.hasRoom()).isTrue();
        give(KIB);
        assertThat(inFlight.hasRoom()).isFalse();
        assertThat(inFlight.beforeNextAnswer()).isEqualTo(16 * KIB);
        now = Duration.ofSeconds(1);
        assertThat(inFlight.answer(first, now)).isTrue();
        assertThat(inFlight.hasRoom()).isTrue();
    }

    @Test
    void anAnswerThatNoPingHasAskedForSaysNothing() {
        long ping = give(64 * KIB);
        assertThat(inFlight.answer(ping + 1, now)).isFalse();
        assertThat(inFlight.hasRoom()).as("an invented number").isFalse();
    }

    @Test
    void anAnswerCountsOnce() {
        long ping = give(20 * KIB);
        assertThat(inFlight.answer(ping, now)).isTrue();
        assertThat(inFlight.answer(ping, now)).isFalse();
    }

    @Test
    void theWindowGrowsWhereAnswersComeFastAndShrinksWhereTheyComeLate() {
        for (int round = 0; round < 5; round++) {
            inFlight.answer(give(256 * KIB), now);
        }
        give(255 * KIB);
        assertThat(inFlight.hasRoom()).isTrue();
        long late = inFlight.ping(now);
        now = Duration.ofSeconds(3);
        inFlight.answer(late, now);
        give(64 * KIB);
        assertThat(inFlight.hasRoom()).isFalse();
    }

    @Test
    void aWayOnWhichPingsGetLostHasNoWindow() {
        give(64 * KIB);
        inFlight.stopWaiting();
        assertThat(inFlight.hasRoom()).isTrue();
        assertThat(give(1_000 * KIB)).isZero();
        assertThat(inFlight.hasRoom()).isTrue();
    }
}
