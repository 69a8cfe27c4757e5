package tokenly.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may talk to whom. Everything but the final fields belongs to the room's lane. */
final class Room {

    final RoomId id;
    final Lane lane;

    private final Map<SessionId, Session> members = new LinkedHashMap<>(); // in the order they came
    private boolean closed;

    Room(RoomId id, Lane lane) {
        this.id = id;
        this.lane = lane;
    }

    /** True once nobody is in it any more: whoever still has this room in hand looks it up again. */
    boolean isClosed() {
        return closed;
    }

    boolean closeIfEmpty() {
        closed = members.isEmpty();
        return closed;
    }

    int size() {
        return members.size();
    }

    /** Adds {@code session} and tells the others. */
    void join(Session session) {
        members.put(session.id, session);
        tellOthers(session, new Message.PeerJoined(session.id));
    }

    /** Removes {@code session} and tells the others. */
    void leave(Session session, EndReason reason) {
        members.remove(session.id);
        tellOthers(session, new Message.PeerLeft(session.id, reason));
    }

    /** Tells {@code session} that it is in: who else is, and who of them is away. */
    void welcome(Session session) {
        List<Session> others = others(session);
        session.tell(new Notice.Created(
                session.id, id, others.stream().map(other -> other.id).toList()));
        others.stream().filter(Session::isWaiting).forEach(other -> session.deliver(new Message.PeerAway(other.id)));
    }

    /** Tells all connected members but {@code session}. */
    void tellOthers(Session session, Message message) {
        for (Session member : members.values()) {
            if (member != session && member.isConnected()) {
                member.deliver(message);
            }
        }
    }

    /** The member of that id, unless it is {@code session} itself. */
    Optional<Session> other(Session session, SessionId peer) {
        return Optional.ofNullable(members.get(peer)).filter(member -> member != session);
    }

    /** All members but {@code session}, in the order they came. */
    List<Session> others(Session session) {
        return members.values().stream().filter(member -> member != session).toList();
    }
}
