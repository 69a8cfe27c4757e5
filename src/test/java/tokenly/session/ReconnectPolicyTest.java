package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {

    @Test
    void theGuidesDelaysAre1And2And4And8And16Seconds() {
        assertThat(Fixture.POLICY.delays().stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 16L);
        assertThat(Fixture.POLICY.delay(6))
                .as("after the last attempt, that of the last")
                .hasSeconds(16);
    }

    @Test
    void noDelayIsLongerThanTheCap() {
        ReconnectPolicy policy = policy(1_000, 2, 3_000, 4, 60_000);
        assertThat(policy.delays().stream().map(Duration::toMillis)).containsExactly(1_000L, 2_000L, 3_000L, 3_000L);
    }

    @Test
    void theWindowMayBeJustAsLongAsThePolicyButNoShorter() {
        assertThat(policy(1_000, 2, 30_000, 5, 31_000).resumeWindow()).hasSeconds(31);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(1_000, 2, 30_000, 5, 30_999))
                .withMessageContaining("30999 ms")
                .withMessageContaining("31000 ms");
    }

    @Test
    void partsOutOfRangeAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(0, 2, 30_000, 5, 60_000))
                .withMessageContaining("initial delay");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(1_000, 0.9, 30_000, 5, 60_000))
                .withMessageContaining("factor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(1_000, 2, 999, 5, 60_000))
                .withMessageContaining("longest delay");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(1_000, 2, 30_000, 0, 60_000))
                .withMessageContaining("attempt");
    }

    private static ReconnectPolicy policy(long initial, double factor, long max, int attempts, long window) {
        return new ReconnectPolicy(
                Duration.ofMillis(initial), factor, Duration.ofMillis(max), attempts, Duration.ofMillis(window));
    }
}
