package tokenly.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tokenly.session.Message;
import tokenly.session.Notice;
import tokenly.session.SessionId;

/** Values to text frames for clients, as PROTOCOL.md says. */
public final class Encoder {

    /** Buffers are shared, not thread-local: those would outlive the application in the container's threads. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private Encoder() {}

    /** What the model says to a connection about one of its sessions. */
    public static String encode(Notice notice) {
        if (notice instanceof Notice.Delivery delivery) {
            return message(delivery.session(), delivery.message());
        }
        if (notice instanceof Notice.Created created) {
            return created(created);
        }
        if (notice instanceof Notice.CreateRefused refused) {
            return refused(refused);
        }
        if (notice instanceof Notice.Destroyed destroyed) {
            return object("peer-destroyed", destroyed.session(), json -> {});
        }
        if (notice instanceof Notice.Undeliverable undeliverable) {
            return object("undeliverable", undeliverable.session(), json -> {
                json.writeStringField("to", undeliverable.to().value());
                json.writeStringField("reason", Names.of(undeliverable.obstacle()));
            });
        }
        if (notice instanceof Notice.Rejected rejected) {
            return object("error", rejected.session(), json -> error(json, rejected.rejection(), advice(rejected)));
        }
        throw new IllegalArgumentException("no frame for " + notice.getClass());
    }

    /** The answer to a frame that could not be read. */
    public static String error(BadFrameException bad) {
        return object(
                "error", bad.session().orElse(null), json -> error(json, bad.code(), String.valueOf(bad.getMessage())));
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

    private static String message(SessionId session, Message message) {
        if (message instanceof Message.Signalled signalled) {
            return object(Names.of(signalled.signal().kind()), session, json -> {
                json.writeStringField("from", signalled.from().value());
                if (!signalled.signal().opaque().isEmpty()) {
                    json.writeRaw(',');
                    json.writeRaw(signalled.signal().opaque());
                }
            });
        }
        if (message instanceof Message.PeerJoined joined) {
            return aboutPeer("peer-joined", session, joined.peer());
        }
        if (message instanceof Message.PeerAway away) {
            return aboutPeer("peer-away", session, away.peer());
        }
        if (message instanceof Message.PeerBack back) {
            return aboutPeer("peer-back", session, back.peer());
        }
        if (message instanceof Message.PeerLeft left) {
            return object("peer-left", session, json -> {
                json.writeStringField("peer", left.peer().value());
                json.writeStringField("reason", Names.of(left.reason()));
            });
        }
        throw new IllegalArgumentException("no frame for " + message.getClass());
    }

    private static String aboutPeer(String type, SessionId session, SessionId peer) {
        return object(type, session, json -> json.writeStringField("peer", peer.value()));
    }

    private static String created(Notice.Created created) {
        return object("peer-created", created.session(), json -> {
            json.writeBooleanField("success", true);
            json.writeStringField("room_id", created.room().value());
            json.writeArrayFieldStart("peers");
            for (SessionId peer : created.peers()) {
                json.writeString(peer.value());
            }
            json.writeEndArray();
        });
    }

    private static String refused(Notice.CreateRefused refused) {
        return object("peer-created", refused.session(), json -> {
            json.writeBooleanField("success", false);
            json.writeObjectFieldStart("error");
            error(json, refused.refusal(), advice(refused));
            json.writeEndObject();
        });
    }

    private static String advice(Notice.CreateRefused refused) {
        return switch (refused.refusal()) {
            case SESSION_IN_USE -> "a live connection holds this session; destroy-peer it there or choose another id";
            case ROOM_FULL -> "the room is full; try again when somebody has left";
            case SERVER_FULL -> "the server is full; try again later";
            case STORE_FAILED -> "the server could not write this down; try again later";
        };
    }

    private static String advice(Notice.Rejected rejected) {
        return switch (rejected.rejection()) {
            case UNKNOWN_SESSION -> "this connection holds no such session; create-peer first";
            case BUSY -> "the room has too much to do; send this frame again a little later";
            case STORE_FAILED -> "the server could not write this down; send this frame again later";
        };
    }

    private static void error(JsonGenerator json, Enum<?> code, String message) throws IOException {
        json.writeStringField("code", Names.of(code));
        json.writeStringField("message", message);
    }

    /** Writes the fields of an object beyond {@code type} and {@code session_id}. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String object(String type, @Nullable SessionId session, Fields fields) {
        StringWriter text = new StringWriter();
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
