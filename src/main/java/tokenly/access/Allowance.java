package tokenly.access;

import java.time.Duration;

/** How much more one connection may bring: frames and bytes in two token buckets. For the one thread at a time that brings them. */
public final class Allowance {

    /** How much of a second's worth each bucket holds. */
    private static final Duration BURST = Duration.ofSeconds(4);

    private final Rates rates;
    private long framesFullAt; // nanoseconds, like all below
    private long bytesFullAt;
    private long debt; // at the last draw; not above 0 while nothing is owed

    /** @param isBounded false if all may be taken from the connection */
    record Rates(boolean isBounded, Rate frames, Rate bytes) {

        /** What a connection may bring in a second. */
        static Rates of(long framesPerSecond, long bytesPerSecond) {
            return new Rates(true, new Rate(framesPerSecond, BURST), new Rate(bytesPerSecond, BURST));
        }

        /** Without bound. */
        static final Rates UNBOUNDED = new Rates(false, new Rate(1, BURST), new Rate(1, BURST));
    }

    Allowance(Rates rates) {
        this.rates = rates;
    }

    /** One that never ends. */
    public static Allowance unbounded() {
        return new Allowance(Rates.UNBOUNDED);
    }

    /** Takes what a frame costs, whether or not it is there. */
    public void draw(Duration now, long frames, long bytes) {
        if (rates.isBounded()) {
            long nanos = now.toNanos();
            framesFullAt = rates.frames().draw(framesFullAt, nanos, frames);
            bytesFullAt = rates.bytes().draw(bytesFullAt, nanos, bytes);
            debt = Math.max(
                    rates.frames().debt(framesFullAt, nanos), rates.bytes().debt(bytesFullAt, nanos));
        }
    }

    /** Whether there was not enough for the last draw. */
    public boolean isOverdrawn() {
        return debt > 0;
    }

    /** Whether more than another full bucket is owed. */
    public boolean isExhausted() {
        return debt > BURST.toNanos();
    }

    /**
     * When the connection should go on: with half a bucket, so that what it sends again then is not refused at once.
     * At least 1 ms; rounded up to whole ones.
     */
    public Duration retryAfter() {
        long millis = Duration.ofNanos(Math.max(debt, 0))
                .plus(BURST.dividedBy(2))
                .plusNanos(999_999)
                .toMillis();
        return Duration.ofMillis(Math.max(1, millis));
    }
}
