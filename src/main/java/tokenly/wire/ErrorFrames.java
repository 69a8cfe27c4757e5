package tokenly.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import tokenly.protocol.ErrorCode;
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
        error(json, ErrorCode.RATE_LIMITED, ErrorCode.RATE_LIMITED.message());
        Encoder.millis(json, "retry_after_ms", retryAfter);
    }

    static String refused(ServerEvent.CreateRefused refused) {
        return Encoder.object("peer-created", refused.session(), json -> {
            json.writeBooleanField("success", false);
            json.writeObjectFieldStart("error");
            error(json, refused.code(), refused.code().message());
            if (refused.code() == ErrorCode.QUOTA_EXCEEDED) {
                Encoder.millis(json, "retry_after_ms", QUOTA_RETRY);
            } else if (refused.retryAfter() != null) {
                json.writeNumberField(
                        "retry_after_ms", Math.max(1, refused.retryAfter().toMillis()));
            }
            json.writeEndObject();
        });
    }

    static String rejected(ServerEvent.Rejected rejected) {
        return Encoder.object("error", rejected.session(), json -> {
            error(json, rejected.code(), rejected.code().message());
            if (rejected.acceptedSeq() != null) {
                json.writeNumberField("received", rejected.acceptedSeq());
            }
            if (rejected.code() == ErrorCode.QUOTA_EXCEEDED) {
                Encoder.millis(json, "retry_after_ms", QUOTA_RETRY);
            }
        });
    }

    private static void error(JsonGenerator json, ErrorCode code, String message) throws IOException {
        json.writeStringField("code", code.wireName());
        json.writeStringField("message", message);
    }
}
