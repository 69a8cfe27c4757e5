package tokenly.wire;

/** The codes with which the server closes a connection (PROTOCOL.md, "Close codes"), and their constant reasons. */
public enum CloseCode {
    UNUSED(1008, "no session was created or resumed in time"),
    FAILED(1011, "the connection failed in the server"),
    FRAME_TOO_BIG(1009, "a frame has at most 65536 bytes"),
    RESTART(1012, "the server stops"),
    BUSY(1013, "retry_after_ms=1000"),
    HEARTBEAT_TIMEOUT(4008, "nothing was heard from you for too long"),
    REPLACED(4009, "you have come back on a newer connection"),
    TAKEN_OVER(4010, "another instance has taken over"),
    TOO_SLOW(4012, "you read too slowly"),
    RATE_LIMITED(4013, "retry_after_ms=2000");

    /** RFC 6455, section 7.4.1: the client is done. */
    public static final int NORMAL = 1000;

    /** RFC 6455, section 7.4.1: the page or the process of the client goes away. */
    public static final int GOING_AWAY = 1001;

    /** RFC 6455, section 7.4.1: the client closed without a code. Jetty says so; Payara and WildFly say 1000. */
    public static final int NO_CODE = 1005;

    private final int number;
    private final String reason;

    CloseCode(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    public int number() {
        return number;
    }

    /** For the client; at most 123 bytes. */
    public String reason() {
        return reason;
    }
}
