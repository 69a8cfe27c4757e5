package tokenly.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Where sessions and rooms are found by their ids. Thread-safe. */
final class Registry {

    private final RoomExecutors executors;
    private final RoomLog.Shared logs;
    private final MailboxBudget budget;
    private final ConcurrentMap<SessionId, Session> sessions = new ConcurrentHashMap<>();
    private final ConcurrentMap<RoomId, Room> rooms = new ConcurrentHashMap<>();
    private final ConcurrentMap<SessionId, Room> deferredEnds =
            new ConcurrentHashMap<>(); // that the store could not take yet

    Registry(RoomExecutors executors, Store store, Timer timer, Limits limits) {
        this.executors = executors;
        this.logs = new RoomLog.Shared(store, timer, limits.mailbox(), this::removeIfEmpty);
        this.budget = new MailboxBudget(limits.sums());
    }

    Optional<Session> session(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** The room of that id, made if there is none. By the time its executor runs a step it may be closed again. */
    Room room(RoomId id) {
        return rooms.computeIfAbsent(id, missing -> new Room(missing, executors.open(missing), logs, budget));
    }

    /** Enters {@code session}; false if another one of its id is there. */
    boolean enter(Session session) {
        return sessions.putIfAbsent(session.id, session) == null;
    }

    void remove(Session session) {
        sessions.remove(session.id, session);
    }

    /** Notes, before it is {@link #remove}d, that the end of {@code session} is not written yet. */
    void endIsDeferred(Session session) {
        deferredEnds.put(session.id, session.room);
    }

    void endIsWritten(Session session) {
        deferredEnds.remove(session.id, session.room);
    }

    /**
     * Whether another room has still to write that an earlier session of that id ended. Of {@code session} nothing may be
     * written before: the store would take that end for its own.
     */
    boolean isEndDeferredElsewhere(Session session) {
        Room room = deferredEnds.get(session.id);
        return room != null && room != session.room;
    }

    /** Closes {@code room} and removes it, if it is empty. On its executor only. */
    void removeIfEmpty(Room room) {
        if (room.closeIfEmpty()) {
            rooms.remove(room.id, room);
        }
    }

    /** Whether the rooms of {@code shard} belong to this server. */
    boolean has(int shard) {
        return logs.has(shard);
    }

    /** The rooms of one shard, as they are now. */
    List<Room> rooms(int shard) {
        return rooms.values().stream().filter(room -> room.id.shard() == shard).toList();
    }

    /** Closes {@code room}, whatever is in it, and removes it. On its executor only. */
    void abandon(Room room) {
        room.abandon();
        deferredEnds.values().removeIf(other -> other == room);
        rooms.remove(room.id, room);
    }

    int sessionCount() {
        return sessions.size();
    }

    int roomCount() {
        return rooms.size();
    }
}
