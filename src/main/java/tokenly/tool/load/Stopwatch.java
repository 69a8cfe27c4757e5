package tokenly.tool.load;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells the time since some fixed moment; it never goes back. Thread-safe. */
public final class Stopwatch implements Supplier<Duration> {

    private final long startNanos = System.nanoTime();

    @Override
    public Duration get() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
