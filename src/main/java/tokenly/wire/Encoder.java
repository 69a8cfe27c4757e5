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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.WireName;
import tokenly.session.RoomPeer;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;

/** Values to messages for clients, as PROTOCOL.md says. */
public final class Encoder {

    /** Buffers are shared, not thread-local: those would outlive the application in the container's threads. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    /** Most frames are shorter, in characters. */
    private static final int USUAL_LENGTH = 512;

    /** What this server can do that one of before could not: a client asks for it only where it is named. */
    private static final List<String> FEATURES = List.of("leave", "incarnations", "auth");

    private static final String ICE_SERVERS = "ice-servers"; // a feature where there are any

    private Encoder() {}

    /** A message of a mailbox. */
    public static String encode(ServerEvent.Delivery delivery) {
        return MessageFrames.encode(delivery);
    }

    /**
     * What the model says to a connection about one of its sessions.
     *
     * @param ice named to a client whose session begins on the connection, or is resumed there
     */
    public static String encode(ServerEvent event, IceServers ice) {
        if (event instanceof ServerEvent.Delivery delivery) {
            return encode(delivery);
        }
        if (event instanceof ServerEvent.Created created) {
            return created(created, ice);
        }
        if (event instanceof ServerEvent.CreateRefused refused) {
            return ErrorFrames.refused(refused);
        }
        if (event instanceof ServerEvent.Destroyed destroyed) {
            return object("peer-destroyed", destroyed.session(), json -> {});
        }
        if (event instanceof ServerEvent.Resumed resumed) {
            return resumed(resumed, ice);
        }
        if (event instanceof ServerEvent.Reset reset) {
            return reset(reset, ice);
        }
        if (event instanceof ServerEvent.Gone gone) {
            return gone(gone.session());
        }
        if (event instanceof ServerEvent.TakenOver takenOver) {
            return object("taken-over", takenOver.session(), json -> {});
        }
        if (event instanceof ServerEvent.Rejected rejected) {
            return ErrorFrames.rejected(rejected);
        }
        throw new IllegalArgumentException("no frame for " + event.getClass());
    }

    /** The first message to a resumable client, whose connection is called {@code connection} in the log. */
    public static String welcome(String connection, ServerParameters parameters) {
        return object("welcome", null, json -> {
            json.writeStringField("connection", connection);
            Stream<String> ice = parameters.iceServers().areAny() ? Stream.of(ICE_SERVERS) : Stream.empty();
            strings(json, "features", Stream.concat(FEATURES.stream(), ice));
            if (parameters.asksForTokens()) {
                json.writeStringField("token", "required");
            }
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
            json.writeNumberField("frame_bytes", parameters.frameBytes());
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

    private static String created(ServerEvent.Created created, IceServers ice) {
        return object("peer-created", created.session(), json -> {
            json.writeBooleanField("success", true);
            json.writeStringField("room_id", created.room().value());
            if (created.epoch() == null) {
                ids(json, "peers", created.peers().stream());
            } else {
                json.writeStringField("epoch", created.epoch().value());
                peers(json, created.peers());
                if (created.last() > 0) {
                    json.writeNumberField("last", created.last());
                }
            }
            ice.write(json, created.session());
        });
    }

    private static String resumed(ServerEvent.Resumed resumed, IceServers ice) {
        return object("resumed", resumed.session(), json -> {
            json.writeStringField("outcome", "resumed");
            json.writeStringField("epoch", resumed.epoch().value());
            json.writeNumberField("received", resumed.acceptedSeq());
            json.writeNumberField("last", resumed.last());
            if (resumed.peers() != null) {
                peers(json, resumed.peers());
            }
            ice.write(json, resumed.session());
        });
    }

    private static String reset(ServerEvent.Reset reset, IceServers ice) {
        return object("resumed", reset.session(), json -> {
            json.writeStringField("outcome", "reset");
            json.writeStringField("reason", WireName.of(reset.reason()));
            if (reset.acceptedSeq() != null) {
                json.writeNumberField("received", reset.acceptedSeq());
            }
            json.writeStringField("epoch", reset.epoch().value());
            peers(json, reset.peers());
            ice.write(json, reset.session());
        });
    }

    private static String gone(SessionId session) {
        return object("resumed", session, json -> {
            json.writeStringField("outcome", "gone");
            json.writeStringField("reason", "unknown-session");
        });
    }

    private static void peers(JsonGenerator json, List<RoomPeer> peers) throws IOException {
        ids(json, "peers", peers.stream());
        strings(
                json,
                "incarnations",
                peers.stream().map(peer -> peer.incarnation().value()));
        ids(json, "away", peers.stream().filter(RoomPeer::isAway));
    }

    private static void ids(JsonGenerator json, String name, Stream<RoomPeer> peers) throws IOException {
        strings(json, name, peers.map(peer -> peer.id().value()));
    }

    static void strings(JsonGenerator json, String name, Stream<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values.toList()) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static void millis(JsonGenerator json, String name, Duration value) throws IOException {
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
