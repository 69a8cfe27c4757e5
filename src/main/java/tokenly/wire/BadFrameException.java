package tokenly.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;
import tokenly.session.SessionId;

/** A frame that the client should not have sent. Its message is for the client. */
public final class BadFrameException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable SessionId session;

    BadFrameException(ErrorCode code, String message, @Nullable SessionId session) {
        super(message, null, false, false); // a stack trace of the peer's fault is of no use
        this.code = code;
        this.session = session;
    }

    /** For a binary frame. */
    public static BadFrameException binary() {
        return new BadFrameException(ErrorCode.BAD_FRAME, "frames are text, not binary", null);
    }

    /** For a frame about {@code session} of a feature that this server does not offer. */
    public static BadFrameException unknownType(SessionId session) {
        return new BadFrameException(ErrorCode.UNKNOWN_TYPE, ErrorCode.UNKNOWN_TYPE.message(), session);
    }

    public ErrorCode code() {
        return code;
    }

    /** The session that the frame named, if it named one. */
    public Optional<SessionId> session() {
        return Optional.ofNullable(session);
    }
}
