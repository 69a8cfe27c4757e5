package tokenly.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The codes that close a connection, what the server writes with them, and what a client does then (PROTOCOL.md, "Close codes").
 * A code that is not here is a loss, like {@link #LOST}.
 */
public enum CloseCode {
    /** RFC 6455, section 7.4.1: the client is done. From a server it is a loss. */
    NORMAL(1000, ClientAct.RETRY),
    /** RFC 6455, section 7.4.1: the page, the process or the server goes away. */
    GOING_AWAY(1001, ClientAct.RETRY_IN_TIME),
    /** RFC 6455, section 7.4.1: a close without a code. Jetty reports it so; Payara and WildFly report 1000. */
    NO_CODE(1005, ClientAct.RETRY),
    /** RFC 6455, section 7.4.1: no close frame has come. */
    LOST(1006, ClientAct.RETRY),
    NOT_UTF8(1007, ClientAct.RETRY),
    UNUSED(1008, ClientAct.REST, "no session was created or resumed in time"),
    FRAME_TOO_BIG(1009, ClientAct.RETRY, "the frame is larger than this server takes"),
    FAILED(1011, ClientAct.RETRY, "the connection failed in the server"),
    RESTART(1012, ClientAct.RETRY_IN_TIME, "the server stops"),
    BUSY(1013, ClientAct.RETRY_IN_TIME, "retry_after_ms=1000"),
    PROTOCOL_ERROR(4000, ClientAct.STOP),
    TOKEN_EXPIRED(4001, ClientAct.RETRY_AT_ONCE, "the token has expired; come back with a new one"),
    NOT_ALLOWED(4003, ClientAct.STOP, "this token does not allow that, here or at all"),
    HEARTBEAT_TIMEOUT(4008, ClientAct.RETRY_AT_ONCE, "nothing was heard from you for too long"),
    REPLACED(4009, ClientAct.STOP, "you have come back on a newer connection"),
    TAKEN_OVER(4010, ClientAct.STOP, "another instance has taken over"),
    TOO_SLOW(4012, ClientAct.RETRY, "you read too slowly"),
    RATE_LIMITED(4013, ClientAct.RETRY_IN_TIME, "retry_after_ms=2000");

    /** What a client does when its connection was closed. */
    public enum ClientAct {
        /** Comes back after the delay of its policy. */
        RETRY,
        /** The same, but after N ms where the reason is {@code retry_after_ms=N}. */
        RETRY_IN_TIME,
        /** Comes back at once; the next time after the delay of its policy. */
        RETRY_AT_ONCE,
        /** Connects again when it wants a session. */
        REST,
        /** Does not come back. */
        STOP
    }

    private static final Map<Integer, CloseCode> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toMap(CloseCode::number, Function.identity()));

    private final int number;
    private final ClientAct act;
    private final String reason;

    CloseCode(int number, ClientAct act) {
        this(number, act, "");
    }

    CloseCode(int number, ClientAct act, String reason) {
        this.number = number;
        this.act = act;
        this.reason = reason;
    }

    /** Empty for a number that PROTOCOL.md does not name. */
    public static Optional<CloseCode> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    public int number() {
        return number;
    }

    public ClientAct act() {
        return act;
    }

    /** What the server writes into its close frame, at most 123 bytes; empty for a code that it never sends. */
    public String reason() {
        return reason;
    }

    /** In kebab-case: the name under which a client reports that it stops, such as {@code taken-over}. */
    public String wireName() {
        return WireName.of(this);
    }
}
