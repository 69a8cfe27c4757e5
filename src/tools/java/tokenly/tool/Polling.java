package tokenly.tool;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The one place where the tools wait for something of which they get no event. */
public final class Polling {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Polling() {}

    /** Looks until {@code holds} is true, or {@code limit} is over; returns whether it came true. */
    public static boolean until(Duration limit, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }

    /** Lets {@code duration} go by; for what a person would do by waiting, never for "long enough". */
    public static void pass(Duration duration) {
        until(duration, () -> false);
    }
}
