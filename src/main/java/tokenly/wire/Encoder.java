package tokenly.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.FrameLimits;
import tokenly.protocol.WireName;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;

/** Values to messages for clients, as PROTOCOL.md says. */
public final class Encoder {

    /** Buffers are shared, not thread-local: those would outlive the application in the container's threads. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    /** When it is worth asking again whether others have read, or a session has ended. */
    private static final Duration QUOTA_RETRY = Duration.ofSeconds(1);

    /** Most frames are shorter, in characters. */
    private static final int USUAL_LENGTH = 512;

    private Encoder() {}

    /** What the model says to a connection about one of its sessions. */
    public static String encode(ServerEvent event) {
        if (event instanceof ServerEvent.Delivery delivery) {
            return MessageFrames.encode(delivery);
        }
        if (event instanceof ServerEvent.Created created) {
            return created(created);
        }
        if (event instanceof ServerEvent.CreateRefused refused) {
            return refused(refused);
        }
        if (event instanceof ServerEvent.Destroyed destroyed) {
            return object("peer-destroyed", destroyed.session(), json -> {});
        }
        if (event instanceof ServerEvent.Resumed resumed) {
            return resumed(resumed);
        }
        if (event instanceof ServerEvent.Reset reset) {
            return reset(reset);
        }
        if (event instanceof ServerEvent.Gone gone) {
            return gone(gone.session());
        }
        if (event instanceof ServerEvent.TakenOver takenOver) {
            return object("taken-over", takenOver.session(), json -> {});
        }
        if (event instanceof ServerEvent.Rejected rejected) {
            return rejected(rejected);
        }
        throw new IllegalArgumentException("no frame for " + event.getClass());
    }

    /** The first message to a resumable client, whose connection is called {@code connection} in the log. */
    public static String welcome(String connection, ServerParameters parameters) {
        return object("welcome", null, json -> {
            json.writeStringField("connection", connection);
            json.writeObjectFieldStart("heartbeat");
            millis(json, "interval_ms", parameters.heartbeatInterval());
            millis(json, "timeout_ms", parameters.heartbeatTimeout());
            json.writeEndObject();
            json.writeObjectFieldStart("reconnect");
            json.writeArrayFieldStart("delays_ms");
            for (Duration delay : parameters.policy().delays()) {
                json.writeNumber(delay.toMillis());
            }
            json.writeEndArray();
            json.writeNumberField("max_attempts", parameters.policy().maxAttempts());
            json.writeNumberField("jitter", parameters.jitter());
            millis(json, "connect_timeout_ms", ServerParameters.CONNECT_TIMEOUT);
            millis(json, "reset_after_ms", ServerParameters.RESET_AFTER);
            json.writeEndObject();
            millis(json, "resume_window_ms", parameters.policy().resumeWindow());
            json.writeObjectFieldStart("limits");
            json.writeNumberField("frame_bytes", FrameLimits.MAX_FRAME_BYTES);
            json.writeNumberField("mailbox_messages", parameters.mailbox().messages());
            json.writeNumberField("mailbox_bytes", parameters.mailbox().bytes());
            json.writeEndObject();
        });
    }

    /** {@code ack}: what is written of each session's signals. */
    public static String ack(Map<SessionId, Long> received) {
        return object("ack", null, json -> {
            json.writeObjectFieldStart("received");
            for (Map.Entry<SessionId, Long> entry : received.entrySet()) {
                json.writeNumberField(entry.getKey().value(), entry.getValue());
            }
            json.writeEndObject();
        });
    }

    /** {@code drain}: the server is about to stop. */
    public static String drain(Duration retryAfter) {
        return object("drain", null, json -> millis(json, "retry_after_ms", retryAfter));
    }

    /** The answer to a frame that could not be read. */
    public static String error(BadFrameException bad) {
        return object(
                "error", bad.session().orElse(null), json -> error(json, bad.code(), String.valueOf(bad.getMessage())));
    }

    /** The answer to a signal of a client that sends too fast. */
    public static String rateLimited(SessionId session, Duration retryAfter) {
        return object("error", session, json -> rateLimited(json, retryAfter));
    }

    /** The answer to a {@code create-peer} of a client that sends too fast. */
    public static String createRateLimited(SessionId session, Duration retryAfter) {
        return object("peer-created", session, json -> {
            json.writeBooleanField("success", false);
            json.writeObjectFieldStart("error");
            rateLimited(json, retryAfter);
            json.writeEndObject();
        });
    }

    private static void rateLimited(JsonGenerator json, Duration retryAfter) throws IOException {
        error(json, ErrorCode.RATE_LIMITED, "this connection sends too fast; send this again after retry_after_ms");
        millis(json, "retry_after_ms", retryAfter);
    }

    /** About how many bytes the frame of {@code delivery} will have in UTF-8, seldom less, without encoding it. */
    public static int estimate(ServerEvent.Delivery delivery) {
        return MessageFrames.estimate(delivery);
    }

    /** The answer to a {@code ping}; {@code id} is JSON text, or null if the ping had none. */
    public static String pong(@Nullable String id) {
        return object("pong", null, json -> {
            if (id != null) {
                json.writeFieldName("id");
                json.writeRawValue(id);
            }
        });
    }

    private static String created(ServerEvent.Created created) {
        return object("peer-created", created.session(), json -> {
            json.writeBooleanField("success", true);
            json.writeStringField("room_id", created.room().value());
            if (created.epoch() != null) {
                json.writeStringField("epoch", created.epoch().value());
            }
            peers(json, created.peers());
        });
    }

    private static String resumed(ServerEvent.Resumed resumed) {
        return object("resumed", resumed.session(), json -> {
            json.writeStringField("outcome", "resumed");
            json.writeStringField("epoch", resumed.epoch().value());
            json.writeNumberField("received", resumed.received());
            json.writeNumberField("last", resumed.last());
        });
    }

    private static String reset(ServerEvent.Reset reset) {
        return object("resumed", reset.session(), json -> {
            json.writeStringField("outcome", "reset");
            json.writeStringField("reason", WireName.of(reset.reason()));
            if (reset.received() != null) {
                json.writeNumberField("received", reset.received());
            }
            json.writeStringField("epoch", reset.epoch().value());
            peers(json, reset.peers());
        });
    }

    private static String gone(SessionId session) {
        return object("resumed", session, json -> {
            json.writeStringField("outcome", "gone");
            json.writeStringField("reason", "unknown-session");
        });
    }

    private static void peers(JsonGenerator json, List<SessionId> peers) throws IOException {
        json.writeArrayFieldStart("peers");
        for (SessionId peer : peers) {
            json.writeString(peer.value());
        }
        json.writeEndArray();
    }

    private static String refused(ServerEvent.CreateRefused refused) {
        return object("peer-created", refused.session(), json -> {
            json.writeBooleanField("success", false);
            json.writeObjectFieldStart("error");
            error(json, refused.refusal(), advice(refused));
            if (refused.refusal() == ServerEvent.Refusal.QUOTA_EXCEEDED) {
                millis(json, "retry_after_ms", QUOTA_RETRY);
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

    private static String rejected(ServerEvent.Rejected rejected) {
        return object("error", rejected.session(), json -> {
            error(json, rejected.rejection(), advice(rejected));
            if (rejected.acceptedSeq() != null) {
                json.writeNumberField("received", rejected.acceptedSeq());
            }
            if (rejected.rejection() == ServerEvent.Rejection.QUOTA_EXCEEDED) {
                millis(json, "retry_after_ms", QUOTA_RETRY);
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

    private static void millis(JsonGenerator json, String name, Duration value) throws IOException {
        json.writeNumberField(name, value.toMillis());
    }

    /** Writes the fields of an object beyond {@code type} and {@code session_id}. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static String object(String type, @Nullable SessionId session, Fields fields) {
        StringWriter text = new StringWriter(USUAL_LENGTH);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            if (session != null) {
                json.writeStringField("session_id", session.value());
            }
            fields.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }
}
