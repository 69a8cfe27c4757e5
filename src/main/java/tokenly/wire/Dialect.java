package tokenly.wire;

/** The two kinds of client of the one endpoint. */
public enum Dialect {
    /** Knows nothing of numbers and resuming. */
    PLAIN,
    /** Has asked for the subprotocol {@value #SUBPROTOCOL}: its sessions have a key, a mailbox and numbers. */
    RESUMABLE;

    /** The WebSocket subprotocol (RFC 6455, section 1.9) that a resumable client asks for. */
    public static final String SUBPROTOCOL = "tokenly.v1";

    /** The dialect of a client with which {@code subprotocol} was agreed on; "" for none. */
    public static Dialect of(String subprotocol) {
        return subprotocol.equals(SUBPROTOCOL) ? RESUMABLE : PLAIN;
    }
}
