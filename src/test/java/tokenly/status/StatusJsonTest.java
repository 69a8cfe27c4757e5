package tokenly.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tokenly.session.Status;

class StatusJsonTest {

    private static StatusJson json(Duration nextDelay, Instant lastAttempt) {
        return StatusJson.of(new Status(Status.State.RECONNECTING, 3, 2, 5, nextDelay, lastAttempt));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10000, 10", "100000, 100", "1500, 1.5", "1250, 1.25", "1, 0.001"})
    void theDelayIsWrittenInSecondsWithoutAnExponent(long millis, String seconds) {
        assertThat(json(Duration.ofMillis(millis), Instant.EPOCH).nextDelaySeconds())
                .hasToString(seconds);
    }

    @Test
    void theLastAttemptIsWrittenToTheMillisecond() {
        assertThat(json(Duration.ZERO, Instant.parse("2026-11-28T17:00:00.123456Z"))
                        .lastAttempt())
                .isEqualTo("2026-11-28T17:00:00.123Z");
    }
}
