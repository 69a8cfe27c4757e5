package tokenly.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a client could not do what it was asked for: a code, whether a second try may succeed, and when. */
public final class TokenlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The session began a new epoch before the signal was acknowledged: it may or may not have arrived. */
    public static final String SESSION_RESET = "session-reset";
    /** The session ended before the signal was acknowledged: it may or may not have arrived. */
    public static final String SESSION_LOST = "session-lost";
    /** Too much of this session is not acknowledged yet. */
    public static final String OUTBOX_FULL = "outbox-full";
    /** The signal is larger than a frame may be. */
    public static final String FRAME_TOO_LARGE = "frame-too-large";
    /** An id breaks the rules of the protocol. */
    public static final String BAD_ID = "bad-id";
    /** The session or the client is closed. */
    public static final String CLOSED = "closed";
    /** All attempts that {@link ClientOptions#maxAttempts} allows have failed: nothing is tried until {@link Client#reconnectNow}. */
    public static final String GAVE_UP = "gave-up";
    /** The {@link KeyStorage} of the client has failed. */
    public static final String KEY_STORAGE_FAILED = "key-storage-failed";
    /** This client has such a session already. */
    public static final String SESSION_EXISTS = "session-exists";
    /** The server asks for a token, and the client has none, nor one in its address: see {@link ClientOptions#withToken(String)}. */
    public static final String UNAUTHORIZED = "unauthorized";
    /** The application gave no new token; it is asked again until the old one expires. The cause is its exception, if any. */
    public static final String TOKEN_FAILED = "token-failed";
    /** The token is a fixed one, and expires. */
    public static final String TOKEN_NOT_RENEWABLE = "token-not-renewable";

    private final String code;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    TokenlyException(String code, boolean retryable, String message) {
        this(code, retryable, message, null);
    }

    TokenlyException(String code, boolean retryable, String message, @Nullable Duration retryAfter) {
        super(code + ": " + message);
        this.code = code;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    static TokenlyException closed() {
        return new TokenlyException(CLOSED, false, "the session is closed");
    }

    static TokenlyException clientClosed() {
        return new TokenlyException(CLOSED, false, "the client is closed");
    }

    /**
     * The client has stopped.
     *
     * @param code the name of a final close code
     * @param reason from the close frame; empty without one
     */
    static TokenlyException stopped(String code, String reason) {
        String why = reason.isEmpty() ? "" : ": " + reason;
        return new TokenlyException(code, false, "the server has closed the connection for good" + why);
    }

    /** The client has stopped for {@code why}, and it had the session. */
    static TokenlyException ofKnownSession(TokenlyException why) {
        return why.code.equals(CLOSED) ? closed() : sessionLost();
    }

    static TokenlyException unauthorized() {
        return new TokenlyException(
                UNAUTHORIZED, false, "this server lets in who has a token: give one with ClientOptions.withToken");
    }

    /** The application's function gave no token. Its exception is the cause, and not in the message: its text may hold a token. */
    static TokenlyException tokenFailed(Throwable cause) {
        TokenlyException failure = new TokenlyException(
                TOKEN_FAILED,
                true,
                "the function failed with " + cause.getClass().getName());
        failure.initCause(cause);
        return failure;
    }

    static TokenlyException tokenMissing() {
        return new TokenlyException(TOKEN_FAILED, true, "the function returned no token");
    }

    static TokenlyException tokenLate() {
        return new TokenlyException(TOKEN_FAILED, true, "the function returned none in time");
    }

    static TokenlyException tokenNotRenewable() {
        return new TokenlyException(
                TOKEN_NOT_RENEWABLE,
                false,
                "the token expires and is fixed: give ClientOptions.withToken a function that gets a new one");
    }

    static TokenlyException sessionExists() {
        return new TokenlyException(SESSION_EXISTS, false, "this client has it already");
    }

    static TokenlyException keyStorageFailed(RuntimeException why) {
        TokenlyException failure = new TokenlyException(KEY_STORAGE_FAILED, true, String.valueOf(why.getMessage()));
        failure.initCause(why);
        return failure;
    }

    /** @param lastLoss how the last attempt ended */
    static TokenlyException gaveUp(String lastLoss) {
        return new TokenlyException(GAVE_UP, true, "no attempt to reconnect succeeded; the last one: " + lastLoss);
    }

    static TokenlyException sessionReset(String reason) {
        return new TokenlyException(
                SESSION_RESET, true, "the session was reset before this was acknowledged: " + reason);
    }

    static TokenlyException sessionLost() {
        return new TokenlyException(SESSION_LOST, true, "the session ended before this was acknowledged");
    }

    static TokenlyException badId(IllegalArgumentException why) {
        return new TokenlyException(BAD_ID, false, String.valueOf(why.getMessage()));
    }

    /**
     * What went wrong.
     *
     * @return a constant of this class, or an error code of the server (PROTOCOL.md, "Error codes")
     */
    public String code() {
        return code;
    }

    /**
     * Whether a second try may succeed.
     *
     * @return false if the same will fail again
     */
    public boolean retryable() {
        return retryable;
    }

    /**
     * When to try again, if the server has named a time.
     *
     * @return the wait before the next try
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
