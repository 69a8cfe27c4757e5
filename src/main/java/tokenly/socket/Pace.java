package tokenly.socket;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tokenly.access.Allowance;
import tokenly.access.LimitHit;
import tokenly.access.LimitHits;
import tokenly.protocol.CloseCode;
import tokenly.session.SessionId;
import tokenly.wire.ErrorFrames;

/**
 * Refuses what one connection sends too fast (PROTOCOL.md, "Rates"). For the one thread at a time that brings its frames.
 */
final class Pace {

    /** What a part of a message costs in bytes beyond its own, so that the smallest parts are not the cheapest to send. */
    private static final int PART_BYTES = 256;

    /** Sessions to remember; beyond, some are told more often than they need. */
    private static final int MOST_TOLD = 1_000;

    private final SocketConnection connection;
    private final Allowance allowance;
    private final LimitHits limitHits;
    private boolean isClosed; // by this
    private final Map<SessionId, Duration> told = new HashMap<>(0); // of each session, until when it knows

    Pace(SocketConnection connection, Allowance allowance, LimitHits limitHits) {
        this.connection = connection;
        this.allowance = allowance;
        this.limitHits = limitHits;
    }

    /** A frame of {@code bytes} has come; false if the connection is closed because of it. */
    boolean draw(long bytes) {
        return draw(1, bytes);
    }

    /** A part of a message has come, which draws its frame when it ends. */
    boolean drawPart(long bytes) {
        return draw(0, bytes + PART_BYTES);
    }

    /** As {@link #draw(long)}, for what costs as much as {@code frames}. */
    boolean draw(long frames, long bytes) {
        if (isClosed) {
            return false; // what the container still has of it
        }
        allowance.draw(connection.lastHeard(), frames, bytes);
        if (!allowance.isExhausted()) {
            return true;
        }
        isClosed = true;
        limitHits.add(LimitHit.RATE_CLOSED);
        connection.lose(
                CloseCode.RATE_LIMITED,
                "retry_after_ms=" + allowance.retryAfter().toMillis());
        return false;
    }

    /**
     * Whether a signal of {@code session} may be taken; if not, the client is told, a resumable one once for each session
     * until half of the time is over that it should wait: it sends again all that is not acknowledged.
     */
    boolean admitsSignal(SessionId session) {
        Duration now = connection.lastHeard();
        Duration until = told.get(session);
        if (until != null && now.compareTo(until) < 0) {
            limitHits.add(LimitHit.RATE_LIMITED);
            return false;
        }
        if (!allowance.isOverdrawn()) {
            return true;
        }
        limitHits.add(LimitHit.RATE_LIMITED);
        Duration retryAfter = allowance.retryAfter();
        if (connection.subprotocol().isResumable()) {
            remember(session, now, now.plus(retryAfter.dividedBy(2)));
        }
        connection.send(ErrorFrames.rateLimited(session, retryAfter));
        return false;
    }

    private void remember(SessionId session, Duration now, Duration until) {
        told.put(session, until);
        if (told.size() > MOST_TOLD) {
            told.values().removeIf(past -> past.compareTo(now) <= 0);
        }
        if (told.size() > MOST_TOLD) {
            told.clear();
        }
    }

    /** Whether a session may be created; if not, the client is told. */
    boolean admitsCreate(SessionId session) {
        if (allowance.isOverdrawn()) {
            limitHits.add(LimitHit.RATE_LIMITED);
            connection.send(ErrorFrames.createRateLimited(session, allowance.retryAfter()));
        }
        return !allowance.isOverdrawn();
    }
}
