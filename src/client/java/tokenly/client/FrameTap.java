package tokenly.client;

/**
 * Sees every message as it is on the wire, also those that share a frame, for a history. Called on the client's thread; must
 * not block.
 */
public interface FrameTap {

    /** A message that was handed to connection {@code attempt}; it may not arrive. */
    void out(long attempt, String frame);

    /** A message that came from connection {@code attempt}, before it is processed. */
    void in(long attempt, String frame);
}
