package tokenly.session;

import java.util.List;

/** What the model tells a connection, about one of its sessions. {@code wire} makes a frame of it. */
public sealed interface Notice {

    /** The session concerned; the connection may hold many. */
    SessionId session();

    /** {@code create-peer} succeeded; {@code peers} are the others in the room, in the order they came. */
    record Created(SessionId session, RoomId room, List<SessionId> peers) implements Notice {}

    /** {@code create-peer} failed and changed nothing. */
    record CreateRefused(SessionId session, Refusal refusal) implements Notice {}

    /** {@code destroy-peer} succeeded. */
    record Destroyed(SessionId session) implements Notice {}

    /** The next message of the session. */
    record Delivery(SessionId session, Message message) implements Notice {}

    /** The session's signal did not reach {@code to}, which gets it neither now nor later. */
    record Undeliverable(SessionId session, SessionId to, Obstacle obstacle) implements Notice {}

    /** A frame of the session was refused and changed nothing. */
    record Rejected(SessionId session, Rejection rejection) implements Notice {}

    /** Why {@code create-peer} failed. */
    enum Refusal {
        /** A live connection holds the session. */
        SESSION_IN_USE,
        /** The room holds {@link Limits#roomSessions()} sessions. */
        ROOM_FULL,
        /** The server holds {@link Limits#sessions()} sessions. */
        SERVER_FULL,
        /** The store did not take the record. */
        STORE_FAILED
    }

    /** Why a signal cannot be delivered. */
    enum Obstacle {
        /** The room has no other session of that id. */
        UNKNOWN_PEER,
        /** The addressee waits for its connection, and keeps nothing meanwhile. */
        AWAY
    }

    /** Why a frame was refused. */
    enum Rejection {
        /** The connection holds no such session, whether or not another one does. */
        UNKNOWN_SESSION,
        /** The room's lane is full. */
        BUSY,
        /** The store did not take the record. */
        STORE_FAILED
    }
}
