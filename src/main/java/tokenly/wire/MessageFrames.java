package tokenly.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.Utf8;
import tokenly.protocol.WireName;
import tokenly.session.Incarnation;
import tokenly.session.Message;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;

/** The frames of what a session is told of its room. */
final class MessageFrames {

    private MessageFrames() {}

    static String encode(ServerEvent.Delivery delivery) {
        Message message = delivery.message();
        if (message instanceof Message.Signalled signalled) {
            return signalled(delivery, signalled);
        }
        if (message instanceof Message.PeerJoined joined) {
            return aboutPeer("peer-joined", delivery, joined.peer(), joined.incarnation(), null);
        }
        if (message instanceof Message.PeerAway away) {
            return aboutPeer("peer-away", delivery, away.peer(), away.incarnation(), null);
        }
        if (message instanceof Message.PeerBack back) {
            return aboutPeer("peer-back", delivery, back.peer(), back.incarnation(), null);
        }
        if (message instanceof Message.PeerRestarted restarted) {
            return aboutPeer("peer-restarted", delivery, restarted.peer(), restarted.incarnation(), restarted.reason());
        }
        if (message instanceof Message.PeerLeft left) {
            return aboutPeer("peer-left", delivery, left.peer(), Incarnation.UNKNOWN, left.reason());
        }
        if (message instanceof Message.Undeliverable undeliverable) {
            return undeliverable(delivery, undeliverable);
        }
        throw new IllegalArgumentException("no frame for " + message.getClass());
    }

    /** What a frame has beyond ids and the sender's own fields: names, numbers, an epoch. */
    private static final int ENVELOPE_BYTES = 160;

    /** A number of an {@code undeliverable}, and a comma. */
    private static final int NUMBER_BYTES = 8;

    static int estimate(ServerEvent.Delivery delivery) {
        int envelope = ENVELOPE_BYTES + Utf8.length(delivery.session().value());
        if (delivery.message() instanceof Message.Signalled signalled) {
            return envelope
                    + Utf8.length(signalled.from().value())
                    + Utf8.length(signalled.signal().opaque());
        }
        return delivery.message() instanceof Message.Undeliverable undeliverable
                ? envelope + NUMBER_BYTES * undeliverable.seqs().size()
                : envelope;
    }

    private static String signalled(ServerEvent.Delivery delivery, Message.Signalled signalled) {
        return Encoder.object(WireName.of(signalled.signal().kind()), delivery.session(), json -> {
            json.writeStringField("from", signalled.from().value());
            seq(json, delivery);
            if (isNumbered(delivery)) {
                json.writeObjectFieldStart("source");
                json.writeStringField("epoch", signalled.source().epoch().value());
                json.writeNumberField("seq", signalled.source().seq());
                json.writeEndObject();
            }
            if (!signalled.signal().opaque().isEmpty()) {
                json.writeRaw(',');
                json.writeRaw(signalled.signal().opaque());
            }
        });
    }

    private static String aboutPeer(
            String type,
            ServerEvent.Delivery delivery,
            SessionId peer,
            Incarnation incarnation,
            @Nullable Enum<?> reason) {
        return Encoder.object(type, delivery.session(), json -> {
            seq(json, delivery);
            json.writeStringField("peer", peer.value());
            if (isNumbered(delivery) && incarnation.isKnown()) {
                json.writeStringField("incarnation", incarnation.value());
            }
            if (reason != null) {
                json.writeStringField("reason", WireName.of(reason));
            }
        });
    }

    private static String undeliverable(ServerEvent.Delivery delivery, Message.Undeliverable undeliverable) {
        return Encoder.object("undeliverable", delivery.session(), json -> {
            seq(json, delivery);
            if (undeliverable.to() != null) {
                json.writeStringField("to", undeliverable.to().value());
            }
            if (isNumbered(delivery)) {
                json.writeArrayFieldStart("seqs");
                for (long seq : undeliverable.seqs()) {
                    json.writeNumber(seq);
                }
                json.writeEndArray();
            }
            json.writeStringField("reason", WireName.of(undeliverable.reason()));
        });
    }

    /** A plain client numbers nothing, and is told no numbers. */
    private static boolean isNumbered(ServerEvent.Delivery delivery) {
        return delivery.seq() != ServerEvent.UNNUMBERED;
    }

    private static void seq(JsonGenerator json, ServerEvent.Delivery delivery) throws IOException {
        if (isNumbered(delivery)) {
            json.writeNumberField("seq", delivery.seq());
        }
    }
}
