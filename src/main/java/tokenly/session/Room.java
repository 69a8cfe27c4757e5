package tokenly.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may talk to whom. Everything but the final fields belongs to the room's executor. */
final class Room {

    final RoomId id;
    final RoomExecutor executor;
    final RoomLog log;
    final Departures departures = new Departures();

    private final Map<SessionId, Session> members = new LinkedHashMap<>(); // in the order they came
    private boolean closed;
    private final MailboxBudget budget;
    private long mailboxBytes;
    private long presenceChanges; // how often a member came, was away or back, began anew or left

    Room(RoomId id, RoomExecutor executor, RoomLog.Shared logs, MailboxBudget budget) {
        this.id = id;
        this.executor = executor;
        this.log = new RoomLog(this, logs);
        this.budget = budget;
    }

    /** Whether {@code cost} more bytes of {@code payer}, who may be unknown, may be kept in its mailboxes. */
    boolean mayKeep(@Nullable Account payer, long cost) {
        return budget.allows(payer, mailboxBytes, cost);
    }

    /** As {@link #mayKeep}, for what has happened in the room and cannot be refused: only what all take counts. */
    boolean mayKeepNews(long cost) {
        return budget.allows(cost);
    }

    /** Counts {@code change} more bytes in its mailboxes; negative once they are gone. */
    void addMailboxBytes(long change) {
        mailboxBytes += change;
        budget.add(change);
    }

    /** True once it was empty and removed: a step that still has this room in hand looks it up again. */
    boolean isClosed() {
        return closed;
    }

    boolean closeIfEmpty() {
        closed = members.isEmpty() && !log.lacksChanges();
        return closed;
    }

    /** Another server has it now: nothing of it is written any more. */
    void abandon() {
        closed = true;
        log.forget();
    }

    /** A number for the next change in who is there, higher than all before. */
    long nextPresenceChange() {
        return ++presenceChanges;
    }

    int size() {
        return members.size();
    }

    void join(Session session) {
        members.put(session.id, session);
    }

    void leave(Session session) {
        members.remove(session.id);
    }

    Optional<Session> member(SessionId id) {
        return Optional.ofNullable(members.get(id));
    }

    /** The member of that id, unless it is {@code session} itself. */
    Optional<Session> other(Session session, SessionId peer) {
        return member(peer).filter(member -> member != session);
    }

    /** All members but {@code session}, in the order they came. */
    List<Session> others(Session session) {
        return members.values().stream().filter(member -> member != session).toList();
    }

    /** All members, in the order they came. */
    List<Session> members() {
        return List.copyOf(members.values());
    }

    /** Those of the others that are told of {@code session}, in the order they came. */
    List<Session> seers(Session session) {
        return others(session).stream()
                .filter(other -> other.role.sees(session.role))
                .toList();
    }

    /** Those of the others that {@code session} is told of, in the order they came. */
    List<Session> seenBy(Session session) {
        return others(session).stream()
                .filter(other -> session.role.sees(other.role))
                .toList();
    }

    /** Those that {@code session} is told of, as its lists show them. */
    List<RoomPeer> peers(Session session) {
        return seenBy(session).stream().map(Session::asPeer).toList();
    }
}
