package tokenly.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import tokenly.protocol.WireName;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;

/** The frames that refuse what a client has asked for or sent: each has a code for programs and a message for people. */
public final class ErrorFrames {

    /** When it is worth asking again whether others have read, or a session has ended. */
    private static final Duration QUOTA_RETRY = Duration.ofSeconds(1);

    private ErrorFrames() {}

    /** The answer to a frame that could not be read. */
    public static String badFrame(BadFrameException bad) {
        return Encoder.object(
                "error", bad.session().orElse(null), json -> error(json, bad.code(), String.valueOf(bad.getMessage())));
    }

    /** The answer to a signal of a client that sends too fast. */
    public static String rateLimited(SessionId session, Duration retryAfter) {
        return Encoder.object("error", session, json -> rateLimited(json, retryAfter));
    }

    /** The answer to a {@code create-peer} of a client that sends too fast. */
    public static String createRateLimited(SessionId session, Duration retryAfter) {
        return Encoder.object("peer-created", session, json -> {
            json.writeBooleanField("success", false);
            json.writeObjectFieldStart("error");
            rateLimited(json, retryAfter);
            json.writeEndObject();
        });
    }

    private static void rateLimited(JsonGenerator json, Duration retryAfter) throws IOException {
        error(json, ErrorCode.RATE_LIMITED, "this connection sends too fast; send this again after retry_after_ms");
        Encoder.millis(json, "retry_after_ms", retryAfter);
    }

    static String refused(ServerEvent.CreateRefused refused) {
        return Encoder.object("peer-created", refused.session(), json -> {
            json.writeBooleanField("success", false);
            json.writeObjectFieldStart("error");
            error(json, refused.refusal(), advice(refused));
            if (refused.refusal() == ServerEvent.Refusal.QUOTA_EXCEEDED) {
                Encoder.millis(json, "retry_after_ms", QUOTA_RETRY);
            }
            json.writeEndObject();
        });
    }

    private static String advice(ServerEvent.CreateRefused refused) {
        return switch (refused.refusal()) {
            case SESSION_IN_USE -> "another client holds this session; destroy-peer it there or choose another id";
            case ROOM_FULL -> "the room is full; try again when a peer has left";
            case SERVER_FULL -> "the server is full; try again later";
            case QUOTA_EXCEEDED ->
                "this connection or this address has all the sessions or messages that it may; try again after retry_after_ms";
            case STORE_FAILED -> "the server could not write this down; try again later";
        };
    }

    static String rejected(ServerEvent.Rejected rejected) {
        return Encoder.object("error", rejected.session(), json -> {
            error(json, rejected.rejection(), advice(rejected));
            if (rejected.acceptedSeq() != null) {
                json.writeNumberField("received", rejected.acceptedSeq());
            }
            if (rejected.rejection() == ServerEvent.Rejection.QUOTA_EXCEEDED) {
                Encoder.millis(json, "retry_after_ms", QUOTA_RETRY);
            }
        });
    }

    private static String advice(ServerEvent.Rejected rejected) {
        return switch (rejected.rejection()) {
            case UNKNOWN_SESSION -> "this connection holds no such session; create-peer first";
            case BUSY -> "the room has too much to do; send this frame again a little later";
            case QUOTA_EXCEEDED -> "too much of this sender is not read yet; send again after retry_after_ms";
            case SEQ_GAP -> "a number was left out; send again from received + 1";
            case BAD_ACK -> "this acknowledges what was never sent; acknowledge only what you have processed";
            case STORE_FAILED -> "the server could not write this down; send this frame again later";
        };
    }

    private static void error(JsonGenerator json, Enum<?> code, String message) throws IOException {
        json.writeStringField("code", WireName.of(code));
        json.writeStringField("message", message);
    }
}
