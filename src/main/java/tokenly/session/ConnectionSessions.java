package tokenly.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions that one connection holds. The executors of many rooms add and remove; the one {@link #close} that ends it hands
 * out what it held, so that no session can be attached to a connection that is already gone. Thread-safe.
 */
final class ConnectionSessions {

    final Connection connection;
    final long order;
    private final Set<Session> sessions = new LinkedHashSet<>(); // guarded by this
    private final Set<Session> behind =
            new LinkedHashSet<>(0); // guarded by this; those that wait for room in the connection
    private int asked; // guarded by this; sessions that were asked for on it, and are not decided yet
    private boolean closed; // guarded by this
    private boolean isLeaving; // guarded by this

    /** @param order in which the connection was opened among all: higher is younger */
    ConnectionSessions(Connection connection, long order) {
        this.connection = connection;
        this.order = order;
    }

    /** Whether it holds as many sessions as one connection may create. */
    synchronized boolean isFull() {
        return sessions.size() >= connection.account().connectionSessions();
    }

    /** Whether {@code permit} grants each session that it holds. */
    synchronized boolean holdsOnly(Permit permit) {
        return sessions.stream().allMatch(session -> session.isGrantedBy(permit));
    }

    /**
     * Adds {@code session}, which it may hold already; returns false, and adds nothing, if the connection is gone, or leaves, or has
     * by now a token that does not grant it.
     */
    synchronized boolean add(Session session) {
        boolean isTaken = !closed && !isLeaving && session.isGrantedBy(connection.permit());
        if (isTaken) {
            sessions.add(session);
        }
        return isTaken;
    }

    /** How many sessions it holds. */
    synchronized int size() {
        return sessions.size();
    }

    synchronized boolean holds(Session session) {
        return sessions.contains(session);
    }

    /** It takes no more sessions; returns those that it holds. */
    synchronized List<Session> leave() {
        isLeaving = true;
        return List.copyOf(sessions);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Whether it holds no session, and has asked for none. */
    synchronized boolean isEmpty() {
        return sessions.isEmpty() && asked == 0;
    }

    /** It asks for {@code count} sessions, each of which will be {@link #decided}. */
    synchronized void ask(int count) {
        asked += count;
    }

    synchronized void decided() {
        asked--;
    }

    synchronized void remove(Session session) {
        sessions.remove(session);
        behind.remove(session);
    }

    /**
     * Notes that {@code session} has more for the connection than that has room for; false if it has room again
     * meanwhile, and the session need not wait.
     */
    synchronized boolean waitForRoom(Session session) {
        behind.add(session);
        if (connection.hasRoom()) {
            behind.remove(session);
            return false;
        }
        return true;
    }

    /** Hands out the sessions that wait for room. */
    synchronized List<Session> drained() {
        List<Session> waiting = List.copyOf(behind);
        behind.clear();
        return waiting;
    }

    /** Ends it and returns what it held; nothing at every later call. */
    synchronized Optional<List<Session>> close() {
        if (closed) {
            return Optional.empty();
        }
        closed = true;
        List<Session> held = List.copyOf(sessions);
        sessions.clear();
        behind.clear();
        return Optional.of(held);
    }
}
