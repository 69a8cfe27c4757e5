package tokenly.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why the server refuses a frame: the {@code code} of an {@code error} (PROTOCOL.md, "Error codes"), and its message for people. */
public enum ErrorCode {
    BAD_JSON("the frame is not JSON"),
    BAD_FRAME("this is no frame of the protocol"),
    UNKNOWN_TYPE("no frame has this type"),
    BAD_ID("an id breaks the limits"),
    /** The connection sends faster than it may. */
    RATE_LIMITED("this connection sends too fast; send this again after retry_after_ms"),
    /** The connection holds no such session, whether or not another one does. */
    UNKNOWN_SESSION("this connection holds no such session; create-peer first"),
    /** The room's executor is full. */
    BUSY("the room has too much to do; send this frame again a little later"),
    /** The client has all the sessions that it may, or what it has sent and was not read yet takes all the memory that it may. */
    QUOTA_EXCEEDED(
            "this client has all the sessions that it may have, or too much that it sent is not read yet; try again after retry_after_ms"),
    /** The number of the signal is more than one above the highest that is taken. */
    SEQ_GAP("a number was left out; send again from received + 1"),
    /** It acknowledges what was never sent. */
    BAD_ACK("this acknowledges what was never sent; acknowledge only what you have processed"),
    /** The store did not take the record. */
    STORE_FAILED("the server could not write this down; send this frame again later"),
    /** A live connection holds the session, or the client that asks does not have its key. */
    SESSION_IN_USE("another client holds this session; choose another id, or ask again after retry_after_ms"),
    /** The connection has shown no token that counts. */
    UNAUTHORIZED("this server lets in who has a token; send it in an auth frame first"),
    /** The connection's token does not allow what was asked. */
    NOT_ALLOWED("the token does not allow this; ask for one that grants it"),
    ROOM_FULL("the room is full; try again when a peer has left"),
    SERVER_FULL("the server is full; try again later");

    private static final Map<String, ErrorCode> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(ErrorCode::wireName, Function.identity()));

    private final String message;

    ErrorCode(String message) {
        this.message = message;
    }

    /** Empty for a name that PROTOCOL.md does not have. */
    public static Optional<ErrorCode> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    /** The {@code code} on the wire, such as {@code bad-json}. */
    public String wireName() {
        return WireName.of(this);
    }

    /** What it means and what to do, where the server has nothing more precise to tell. */
    public String message() {
        return message;
    }
}
