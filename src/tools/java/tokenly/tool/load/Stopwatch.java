package tokenly.tool.load;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells the time since some fixed moment; it never goes back. Thread-safe. */
public final class Stopwatch implements Supplier<Duration> {

    private final long startNanos = System.nanoTime();

    /** The same in nanoseconds, for what is measured a hundred thousand times a second. */
    public long nanos() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public Duration get() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
