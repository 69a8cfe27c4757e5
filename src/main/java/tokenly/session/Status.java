package tokenly.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reconnect model at one moment, as {@code GET /status} shows it.
 *
 * @param activeSessions sessions that exist, connected or waiting
 * @param reconnectAttempts attempts due since the loss of the session that has waited longest; 0 when none waits
 * @param maxAttempts after which a client gives up
 * @param nextDelay nominal delay before the next attempt of that session; after the last, that of the last; the initial
 *     delay when none waits
 * @param lastAttempt when the last reconnect attempt was seen or due, or null before the first
 */
public record Status(
        State state,
        int activeSessions,
        int reconnectAttempts,
        int maxAttempts,
        Duration nextDelay,
        @Nullable Instant lastAttempt) {

    /** The server in one word; the first that applies, in this order. */
    public enum State {
        /** A connection is open. */
        CONNECTED,
        /** None is open, but a session waits. */
        RECONNECTING,
        /** None waits, and the last one that did ran out of time. */
        FAILED,
        /** None of these. */
        DISCONNECTED
    }
}
