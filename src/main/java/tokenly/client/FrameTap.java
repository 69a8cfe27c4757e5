package tokenly.client;

/** Sees every frame as it is on the wire, for a history. Called on the client's thread; must not block. */
public interface FrameTap {

    /** A frame that was handed to connection {@code attempt}; whether it arrives, nobody knows. */
    void out(long attempt, String frame);

    /** A frame that came from connection {@code attempt}, before it is processed. */
    void in(long attempt, String frame);
}
