package tokenly.app;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduledTimerTest {

    @Test
    void takesATaskForAfterTheEndOfNanoseconds() {
        try (ScheduledTimer timer = new ScheduledTimer()) {
            assertThatNoException()
                    .isThrownBy(() ->
                            timer.after(Duration.ofDays(3_000_000), () -> {}).cancel());
        }
    }
}
