package tokenly.tool.load;

/**
 * What {@code GET /status} says, as far as load needs it.
 *
 * @param state as on the wire: {@code connected}, {@code reconnecting}, ...
 * @param activeSessions sessions that exist, connected or waiting
 */
public record ServerStatus(String state, int activeSessions) {

    /** While any connection is open, ours or another's. */
    static final String CONNECTED = "connected";

    static final String RECONNECTING = "reconnecting";
    static final String DISCONNECTED = "disconnected";

    boolean isConnected() {
        return state.equals(CONNECTED);
    }
}
