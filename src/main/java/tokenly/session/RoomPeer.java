package tokenly.session;

/**
 * Another session of the room, as a session is told of it that knows nothing yet.
 *
 * @param isAway whether it waits for its client
 */
public record RoomPeer(SessionId id, Incarnation incarnation, boolean isAway) {}
