package tokenly.session;

/** Names a room, chosen by the clients that meet in it. 1 to 128 UTF-16 code units, see PROTOCOL.md. */
public record RoomId(String value) {

    /** @throws IllegalArgumentException with a message for the peer, if it is no valid id */
    public RoomId {
        IdRule.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
