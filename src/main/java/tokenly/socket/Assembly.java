package tokenly.socket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.CloseCode;
import tokenly.protocol.Utf8;
import tokenly.session.Timer;

/**
 * Puts the parts of one connection's text messages together; the container would do that without a bound over all. Parts
 * come from one thread at a time; {@link #giveUp} and {@link #close} may come from any.
 */
final class Assembly {

    /** A character takes two bytes once a single one of them needs it. */
    private static final long BYTES_PER_CHAR = 2;

    private final SocketConnection connection;
    private final HalfMessages halfMessages;
    private final int limit;

    private @Nullable StringBuilder text; // guarded by this, like all below; null between two messages
    private long bytes; // of text, in UTF-8
    private Timer.@Nullable Task deadline; // null between two messages
    private Duration began = Duration.ZERO; // when the message began
    private long message; // number of the message
    private boolean isClosed;

    /** @param limit most bytes of one message */
    Assembly(SocketConnection connection, HalfMessages halfMessages, int limit) {
        this.connection = connection;
        this.halfMessages = halfMessages;
        this.limit = limit;
    }

    /** Takes a part; returns the message that it ends, or null if it ends none, or none that may be taken. */
    @Nullable
    String add(String part, boolean isLast) {
        String whole = part;
        long capacity;
        synchronized (this) {
            if (isClosed) {
                return null;
            }
            bytes += Utf8.length(part);
            if (bytes > limit) {
                capacity = -1;
            } else if (text == null && isLast) {
                bytes = 0;
                return part;
            } else {
                whole = append(part, isLast);
                capacity = text == null ? 0 : text.capacity();
            }
        }
        if (capacity < 0) {
            refuse();
            return null;
        }
        if (isLast) {
            halfMessages.free(this);
            return whole;
        }
        halfMessages.hold(this, BYTES_PER_CHAR * capacity);
        return null;
    }

    private String append(String part, boolean isLast) {
        if (text == null) {
            text = new StringBuilder(part.length());
            began = halfMessages.now();
            message++;
            deadline = halfMessages.check(this, message, halfMessages.timeout());
        }
        text.append(part);
        return isLast ? end() : "";
    }

    private String end() {
        String whole = text == null ? "" : text.toString();
        text = null;
        bytes = 0;
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        return whole;
    }

    int limit() {
        return limit;
    }

    /** Ends the connection, because its message is over the limit. */
    void refuse() {
        close();
        connection.lose(CloseCode.FRAME_TOO_BIG, "a frame has at most " + limit + " bytes");
    }

    /** Gives message {@code checked} up, unless that has come at a fair pace so far, or is not the one that is under way. */
    void checkPace(long checked) {
        synchronized (this) {
            if (text == null || message != checked) {
                return;
            }
            Duration limit = HeartbeatTimes.atLeast(halfMessages.timeout(), bytes);
            Duration left = began.plus(limit).minus(halfMessages.now());
            if (left.compareTo(Duration.ZERO) > 0) {
                deadline = halfMessages.check(this, message, left);
                return;
            }
        }
        halfMessages.noteLate();
        giveUp();
    }

    /** Whether a message has begun. */
    synchronized boolean hasBegun() {
        return text != null;
    }

    /** Ends the connection, because its message takes too long or too much. */
    void giveUp() {
        close();
        connection.lose(CloseCode.BUSY);
    }

    /** Takes nothing any more. */
    void close() {
        synchronized (this) {
            isClosed = true;
            end();
        }
        halfMessages.free(this);
    }
}
