package tokenly.tool.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How long things took: half of them not longer than {@code p50}, 99 of 100 not longer than {@code p99}. Each is a time
 * that was measured (nearest rank).
 */
record Percentiles(Duration p50, Duration p99) {

    /** Of {@code nanos}, in any order; empty if there are none. */
    static Optional<Percentiles> of(long[] nanos) {
        if (nanos.length == 0) {
            return Optional.empty();
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return Optional.of(new Percentiles(rank(sorted, 50), rank(sorted, 99)));
    }

    private static Duration rank(long[] sorted, int percent) {
        int rank = (int) ((sorted.length * (long) percent + 99) / 100); // rounded up
        return Duration.ofNanos(sorted[rank - 1]);
    }
}
