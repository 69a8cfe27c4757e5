package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ten frames and a thousand bytes a second: 40 and 4,000 at once. */
class AllowanceTest {

    private final Allowance allowance = new Allowance(Allowance.Rates.of(10, 1_000));

    private void draw(long millis, long frames, long bytes) {
        allowance.draw(Duration.ofMillis(millis), frames, bytes);
    }

    @Test
    void fourSecondsWorthMayComeAtOnce() {
        draw(0, 40, 4_000);
        assertThat(allowance.isOverdrawn()).isFalse();
        draw(0, 1, 0);
        assertThat(allowance.isOverdrawn()).isTrue();
        assertThat(allowance.retryAfter()).as("until half a bucket is there").hasMillis(2_100);
    }

    @Test
    void bytesCountAsFramesDo() {
        draw(0, 1, 4_000);
        assertThat(allowance.isOverdrawn()).isFalse();
        draw(0, 1, 1);
        assertThat(allowance.isOverdrawn()).isTrue();
        assertThat(allowance.retryAfter()).hasMillis(2_001);
    }

    @Test
    void whatIsDrawnComesBackAtTheRateAndNoMoreThanFull() {
        draw(0, 40, 0);
        draw(100, 1, 0);
        assertThat(allowance.isOverdrawn()).isFalse();
        draw(199, 1, 0);
        assertThat(allowance.isOverdrawn()).isTrue();
        draw(3_600_000, 40, 0);
        assertThat(allowance.isOverdrawn()).isFalse();
        draw(3_600_000, 1, 0);
        assertThat(allowance.isOverdrawn()).isTrue();
    }

    @Test
    void itIsExhaustedPastADebtOfAnotherFullBucket() {
        draw(0, 80, 0);
        assertThat(allowance.isExhausted()).isFalse();
        draw(0, 1, 0);
        assertThat(allowance.isExhausted()).isTrue();
    }

    @Test
    void withoutBoundNothingIsOwed() {
        Allowance unbounded = new Allowance(Allowance.Rates.UNBOUNDED);
        unbounded.draw(Duration.ZERO, Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(unbounded.isOverdrawn()).isFalse();
    }
}
