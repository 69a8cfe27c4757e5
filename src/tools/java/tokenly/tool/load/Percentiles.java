package tokenly.tool.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How long things took: half of them not longer than {@code p50}, 99 of 100 not longer than {@code p99}, 999 of 1,000 not longer than {@code p999}. Each is a time
 * that was measured (nearest rank).
 */
public record Percentiles(Duration p50, Duration p99, Duration p999) {

    /** Of {@code nanos}, in any order; empty if there are none. */
    public static Optional<Percentiles> of(long[] nanos) {
        if (nanos.length == 0) {
            return Optional.empty();
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return Optional.of(new Percentiles(rank(sorted, 500), rank(sorted, 990), rank(sorted, 999)));
    }

    double p50Millis() {
        return p50.toNanos() / 1e6;
    }

    double p99Millis() {
        return p99.toNanos() / 1e6;
    }

    private static Duration rank(long[] sorted, int perMille) {
        int rank = (int) ((sorted.length * (long) perMille + 999) / 1_000); // rounded up
        return Duration.ofNanos(sorted[rank - 1]);
    }
}
