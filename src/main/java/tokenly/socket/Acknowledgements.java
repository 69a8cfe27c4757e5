package tokenly.socket;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private Map<SocketConnection, Map<SessionId, Long>> owed = new HashMap<>(); // guarded by this

    Acknowledgements(Timer timer) {
        this.timer = timer;
    }

    /** All signals of {@code session} up to {@code cursor} are written, which {@code connection} is to be told. */
    void add(SocketConnection connection, SessionId session, long cursor) {
        boolean isFirst;
        synchronized (this) {
            isFirst = owed.isEmpty();
            owed.computeIfAbsent(connection, none -> new LinkedHashMap<>(2)).merge(session, cursor, Math::max);
        }
        if (isFirst) {
            timer.after(LATEST, this::flush);
        }
    }

    private void flush() {
        take().forEach((connection, cursors) -> {
            if (cursors.size() <= SESSIONS_PER_FRAME) {
                connection.send(Encoder.ack(cursors));
            } else {
                sendInParts(connection, List.copyOf(cursors.entrySet()));
            }
        });
    }

    private static void sendInParts(SocketConnection connection, List<Map.Entry<SessionId, Long>> cursors) {
        for (int from = 0; from < cursors.size(); from += SESSIONS_PER_FRAME) {
            Map<SessionId, Long> part = new LinkedHashMap<>();
            cursors.subList(from, Math.min(from + SESSIONS_PER_FRAME, cursors.size()))
                    .forEach(cursor -> part.put(cursor.getKey(), cursor.getValue()));
            connection.send(Encoder.ack(part));
        }
    }

    private synchronized Map<SocketConnection, Map<SessionId, Long>> take() {
        Map<SocketConnection, Map<SessionId, Long>> taken = owed;
        owed = new HashMap<>();
        return taken;
    }
}
