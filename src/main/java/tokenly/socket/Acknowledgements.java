package tokenly.socket;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tokenly.session.SessionId;
import tokenly.session.Timer;
import tokenly.wire.Encoder;

/**
 * The acks that the server owes, of all connections: collected for a moment, so that a busy sender gets one frame for many
 * signals, and one timer serves everybody. Thread-safe.
 */
final class Acknowledgements {

    /** The longest that an ack is kept back (PROTOCOL.md, "Sending"). */
    static final Duration LATEST = Duration.ofMillis(20);

    /** Sessions in one frame, so that it stays about as small as one from a client. */
    private static final int SESSIONS_PER_FRAME = 500;

    private final Timer timer;
    private final Map<SocketConnection, Map<SessionId, Long>> owed = new HashMap<>(); // guarded by this
    private boolean isDue; // guarded by this; the timer will flush

    Acknowledgements(Timer timer) {
        this.timer = timer;
    }

    /** All signals of {@code session} up to {@code cursor} are written, which {@code connection} is to be told. */
    void add(SocketConnection connection, SessionId session, long cursor) {
        boolean isFirst;
        synchronized (this) {
            isFirst = !isDue;
            isDue = true;
            owed.computeIfAbsent(connection, none -> new LinkedHashMap<>(2)).merge(session, cursor, Math::max);
        }
        if (isFirst) {
            timer.after(LATEST, this::flush);
        }
    }

    /** {@code session} begins a new epoch on {@code connection}: none of its numbers means anything there any more. */
    synchronized void forget(SocketConnection connection, SessionId session) {
        Map<SessionId, Long> cursors = owed.get(connection);
        if (cursors != null) {
            cursors.remove(session);
        }
    }

    private void flush() {
        for (SocketConnection connection : due()) {
            do {
                connection.send(() -> take(connection));
            } while (isOwed(connection));
        }
    }

    private synchronized List<SocketConnection> due() {
        isDue = false;
        return List.copyOf(owed.keySet());
    }

    private synchronized boolean isOwed(SocketConnection connection) {
        return owed.containsKey(connection);
    }

    /** One frame of what {@code connection} is owed; taken as it is sent, lest it come after the answer that voids it. */
    private synchronized Optional<String> take(SocketConnection connection) {
        Map<SessionId, Long> rest = owed.getOrDefault(connection, Map.of());
        Map<SessionId, Long> part = new LinkedHashMap<>();
        Iterator<Map.Entry<SessionId, Long>> next = rest.entrySet().iterator();
        while (next.hasNext() && part.size() < SESSIONS_PER_FRAME) {
            Map.Entry<SessionId, Long> cursor = next.next();
            part.put(cursor.getKey(), cursor.getValue());
            next.remove();
        }
        if (rest.isEmpty()) {
            owed.remove(connection);
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(Encoder.ack(part));
    }
}
