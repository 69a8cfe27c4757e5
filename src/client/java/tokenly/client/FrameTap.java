package tokenly.client;

/**
 * Sees every message as it is on the wire, also those that share a frame, for a history. Called on the client's thread; must
 * not block. The frames {@code create-peer} and {@code resume} hold resume keys, which are secrets: do not log them.
 * Of {@code auth} it sees only the type.
 */
public interface FrameTap {

    /**
     * The client has given a message to a connection; it may not arrive.
     *
     * @param attempt number of the connection
     * @param frame JSON text
     */
    void out(long attempt, String frame);

    /**
     * A message has come from a connection, and is processed next.
     *
     * @param attempt number of the connection
     * @param frame JSON text
     */
    void in(long attempt, String frame);
}
