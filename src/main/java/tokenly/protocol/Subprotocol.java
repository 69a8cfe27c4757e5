package tokenly.protocol;

/** The kinds of client of the one endpoint. */
public enum Subprotocol {
    /** Knows nothing of numbers and resuming. */
    PLAIN,
    /** Has asked for the subprotocol {@value #V1}: its sessions have a key, a mailbox and numbers. */
    RESUMABLE,
    /** Has asked for {@value #V1_BATCHED}: resumable, and it takes several messages in one frame. */
    BATCHED;

    /** The WebSocket subprotocol (RFC 6455, section 1.9) of a resumable client. */
    public static final String V1 = "tokenly.v1";

    /** The same, and several messages in one frame from the server. */
    public static final String V1_BATCHED = "tokenly.v1.batched";

    /** What a client may offer beside its subprotocol, with a token behind it: it is never agreed on. */
    public static final String TOKEN = "tokenly.token.";

    /** The subprotocol of a client with which {@code subprotocol} was agreed on; "" for none. */
    public static Subprotocol of(String subprotocol) {
        return switch (subprotocol) {
            case V1 -> RESUMABLE;
            case V1_BATCHED -> BATCHED;
            default -> PLAIN;
        };
    }

    /** Most bytes in a frame of more than one message; 0 where there is no such frame. */
    public int batchBytes() {
        return this == BATCHED ? FrameLimits.MAX_BATCH_BYTES : 0;
    }

    /** Whether its sessions survive the connection with all that was said to them. */
    public boolean isResumable() {
        return this != PLAIN;
    }
}
