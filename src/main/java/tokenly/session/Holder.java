package tokenly.session;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions that one connection holds. Lanes of many rooms add and remove; the one {@link #close} that ends it hands
 * out what it held, so that no session can be attached to a connection that is already gone. Thread-safe.
 */
final class Holder {

    final Connection connection;
    private final Set<Session> sessions = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    Holder(Connection connection) {
        this.connection = connection;
    }

    /** Adds {@code session}; returns false, and adds nothing, if the connection is gone. */
    synchronized boolean add(Session session) {
        return !closed && sessions.add(session);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void remove(Session session) {
        sessions.remove(session);
    }

    /** Ends it and returns what it held; nothing at every later call. */
    synchronized Optional<List<Session>> close() {
        if (closed) {
            return Optional.empty();
        }
        closed = true;
        List<Session> held = List.copyOf(sessions);
        sessions.clear();
        return Optional.of(held);
    }
}
