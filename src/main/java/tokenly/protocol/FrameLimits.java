package tokenly.protocol;

/** How large frames are, and what stands between the messages of one frame (PROTOCOL.md, "Framing" and "Batches"). */
public final class FrameLimits {

    /** Largest frame from a client in bytes of UTF-8, unless the server is set to take larger ones. */
    public static final int DEFAULT_FRAME_BYTES = 65_536;

    /** The most that a server can be set to take. */
    public static final int MAX_FRAME_BYTES = 1 << 20;

    /** Most bytes of a frame with more than one message: a browser that probes its connection for 2 s hears only of whole ones. */
    public static final int MAX_BATCH_BYTES = 4 << 10;

    /** ASCII's record separator, between two messages: no JSON text can have it unescaped (RFC 8259, sections 2 and 7). */
    public static final String BATCH_SEPARATOR = "\u001e";

    private FrameLimits() {}
}
