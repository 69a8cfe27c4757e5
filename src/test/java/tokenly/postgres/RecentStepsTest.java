package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is kept of the steps that were committed lately, and for how long. */
class RecentStepsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RecentSteps recent = new RecentSteps(now::get);
    private final Tenure one = new Tenure("http://one", 1, 1, Runnable::run, () -> {});
    private final Tenure two = new Tenure("http://one", 2, 1, Runnable::run, () -> {});

    private static Step step(int bytes) {
        return new Step.Append("file", 0, new byte[bytes]);
    }

    @Test
    void thoseOfAShardAreKeptInOrder() {
        Step first = step(1);
        Step second = step(1);
        recent.add(one, 11, first);
        recent.add(two, 5, step(1));
        recent.add(one, 12, second);
        assertThat(recent.between(one, 10, 12)).contains(List.of(first, second));
        assertThat(recent.between(one, 11, 12)).contains(List.of(second));
        assertThat(recent.between(one, 12, 12)).contains(List.of());
        assertThat(recent.between(one, 9, 12)).isEmpty();
    }

    @Test
    void theOldestGoWhenTheyAreTooMany() {
        int quarter = (int) (RecentSteps.MAX_BYTES / 4 - Step.OVERHEAD_BYTES);
        for (int position = 1; position <= 4; position++) {
            recent.add(one, position, step(quarter));
        }
        assertThat(recent.between(one, 0, 4)).isPresent();
        recent.add(two, 1, step(0));
        assertThat(recent.between(one, 0, 4)).isEmpty();
        assertThat(recent.between(one, 1, 4)).isPresent();
    }

    @Test
    void theOldestGoWhenTheyAreTooOld() {
        recent.add(one, 1, step(1));
        now.set(Instant.EPOCH.plus(RecentSteps.MAX_AGE));
        recent.add(one, 2, step(1));
        assertThat(recent.between(one, 0, 2)).isPresent();
        now.set(Instant.EPOCH.plus(RecentSteps.MAX_AGE).plusMillis(1));
        recent.add(one, 3, step(1));
        assertThat(recent.between(one, 0, 3)).isEqualTo(Optional.empty());
        assertThat(recent.between(one, 1, 3)).isPresent();
    }
}
