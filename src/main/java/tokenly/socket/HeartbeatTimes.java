package tokenly.socket;

import java.time.Duration;

/**
 * When a connection counts as lost (PROTOCOL.md, "Loss and heartbeat"). All are positive.
 *
 * @param interval between two pings
 * @param timeout of silence after which a connection is lost, unless more is under way; longer than {@code interval}
 * @param probeTimeout of silence after a probe, likewise
 * @param sendTimeout that one send may take, unless it is a large one
 * @param idleTimeout that a connection may hold no session and ask for none
 */
public record HeartbeatTimes(
        Duration interval, Duration timeout, Duration probeTimeout, Duration sendTimeout, Duration idleTimeout) {

    /** The slowest link that is not called lost carries 2.4 kB/s; some of that is not ours. */
    private static final long BYTES_PER_SECOND = 2_000;

    /** {@code least}, or as long as {@code bytes} may take on the slowest link, if that is longer. */
    static Duration atLeast(Duration least, long bytes) {
        Duration needed = Duration.ofMillis(bytes * 1_000 / BYTES_PER_SECOND);
        return needed.compareTo(least) > 0 ? needed : least;
    }

    /** @throws IllegalArgumentException if {@code timeout} is not longer than {@code interval} */
    public HeartbeatTimes {
        if (timeout.compareTo(interval) <= 0) {
            throw new IllegalArgumentException("the heartbeat timeout of " + timeout.toMillis()
                    + " ms must be longer than the interval of " + interval.toMillis() + " ms");
        }
    }
}
