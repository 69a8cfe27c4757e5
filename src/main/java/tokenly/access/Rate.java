package tokenly.access;

import java.time.Duration;

/**
 * A token bucket's measures. A bucket itself is one number: the time at which it will be full again (decision 14).
 *
 * @param perSecond tokens that come in a second, 1 to 10^9
 * @param burst how long an empty bucket takes to be full
 */
record Rate(long perSecond, Duration burst) {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Nanoseconds in which {@code tokens}, at most 9 * 10^9, come. */
    long nanos(long tokens) {
        return tokens * NANOS_PER_SECOND / perSecond;
    }

    /** When a bucket that is full at {@code fullAt} will be so once {@code tokens} are drawn from it. */
    long draw(long fullAt, long now, long tokens) {
        return Math.max(fullAt, now) + nanos(tokens);
    }

    /** Nanoseconds until there is a token for each that was drawn; 0 or less if there is one now. */
    long debt(long fullAt, long now) {
        return fullAt - now - burst.toNanos();
    }
}
