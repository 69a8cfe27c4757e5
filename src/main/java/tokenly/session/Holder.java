package tokenly.session;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that one connection holds. Lanes of many rooms add and remove; the one {@link #close} that ends it hands
 * out what it held, so that no session can be attached to a connection that is already gone. Thread-safe.
 */
final class Holder {

    final Connection connection;
    private final Set<Session> sessions = new HashSet<>(); // guarded by this
    private @Nullable Departure departure; // guarded by this; null while the connection is open

    Holder(Connection connection) {
        this.connection = connection;
    }

    /** Adds {@code session}; returns false, and adds nothing, if the connection is gone. */
    synchronized boolean add(Session session) {
        return departure == null && sessions.add(session);
    }

    synchronized void remove(Session session) {
        sessions.remove(session);
    }

    /** How the connection ended, if it has. */
    synchronized Optional<Departure> departure() {
        return Optional.ofNullable(departure);
    }

    /** Ends it and returns what it held; nothing at every later call. */
    synchronized Optional<List<Session>> close(Departure departure) {
        if (this.departure != null) {
            return Optional.empty();
        }
        this.departure = departure;
        List<Session> held = List.copyOf(sessions);
        sessions.clear();
        return Optional.of(held);
    }
}
