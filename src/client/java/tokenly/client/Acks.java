package tokenly.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what all sessions have to acknowledge, so that one frame says it for all. One timer, however many sessions. */
final class Acks {

    /** The protocol allows 20 ms; a timer may be late. */
    private static final Duration DELAY = Duration.ofMillis(10);

    private final Timer timer;
    private final Connection connection;
    private final Set<Session> owing = new LinkedHashSet<>();
    private Timer.@Nullable Task due; // not null exactly while an ack is owed

    Acks(Timer timer, Connection connection) {
        this.timer = timer;
        this.connection = connection;
    }

    /** {@code session} has processed something, or has got again what it had processed. */
    void owe(Session session) {
        owing.add(session);
        if (due == null) {
            due = timer.after(DELAY, this::send);
        }
    }

    private void send() {
        due = null;
        Map<String, Long> received = new LinkedHashMap<>();
        owing.forEach(session -> received.put(session.id(), session.received()));
        owing.clear();
        Frames.ack(received, connection.policy().frameBytes()).forEach(connection::send);
    }

    void forget(Session session) {
        owing.remove(session);
    }

    /** The connection is gone: {@code resume} says it all. */
    void clear() {
        owing.clear();
    }
}
