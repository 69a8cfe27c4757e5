package tokenly.socket;

import java.time.Duration;

/**
 * When a connection counts as lost (PROTOCOL.md, "Loss and heartbeat"). All are positive.
 *
 * @param interval between two pings
 * @param timeout of silence after which a connection is lost; longer than {@code interval}
 * @param probeTimeout of silence after a probe
 * @param sendTimeout that one send may take
 * @param idleTimeout that a connection may hold no session and ask for none
 */
public record HeartbeatTimes(
        Duration interval, Duration timeout, Duration probeTimeout, Duration sendTimeout, Duration idleTimeout) {

    /** @throws IllegalArgumentException if {@code timeout} is not longer than {@code interval} */
    public HeartbeatTimes {
        if (timeout.compareTo(interval) <= 0) {
            throw new IllegalArgumentException("the heartbeat timeout of " + timeout.toMillis()
                    + " ms must be longer than the interval of " + interval.toMillis() + " ms");
        }
    }
}
