package tokenly.tool.load;

import java.util.Arrays;
import java.util.Optional;

/** Any number of times that things took. Not thread-safe. */
final class Times {

    private long[] nanos = new long[1 << 16];
    private int count;

    void add(long tookNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = tookNanos;
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Empty if there are none. */
    Optional<Percentiles> percentiles() {
        return Percentiles.of(Arrays.copyOf(nanos, count));
    }
}
