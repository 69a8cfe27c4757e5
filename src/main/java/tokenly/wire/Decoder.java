package tokenly.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;
import tokenly.protocol.Subprotocol;
import tokenly.protocol.WireName;
import tokenly.session.Credentials;
import tokenly.session.Epoch;
import tokenly.session.Incarnation;
import tokenly.session.Instance;
import tokenly.session.Position;
import tokenly.session.ResumeKey;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;

/** Text frames from clients to values, as PROTOCOL.md says. */
public final class Decoder {

    private static final Map<String, Signal.Kind> KINDS =
            Arrays.stream(Signal.Kind.values()).collect(Collectors.toMap(WireName::of, Function.identity()));

    /** What the server says of a signal; a client that could say it too could speak for others. */
    private static final Set<String> RESERVED = Set.of("from", "source");

    /** A plain client numbers nothing. */
    private static final Set<String> RESERVED_FOR_PLAIN = Set.of("from", "source", "seq");

    /** Named anew for each receiver, so not part of what is passed on. */
    private static final Set<String> READDRESSED = Set.of("type", "session_id", "seq");

    private Decoder() {}

    /**
     * Reads one text frame.
     *
     * @throws BadFrameException if it is none that PROTOCOL.md knows for {@code subprotocol}
     */
    public static Incoming decode(String text, Subprotocol subprotocol) throws BadFrameException {
        Frame frame = Frame.read(text);
        boolean isResumable = subprotocol.isResumable();
        String type = frame.string("type");
        Signal.Kind kind = KINDS.get(type);
        if (kind != null) {
            return signalling(frame, kind, isResumable);
        }
        return switch (type) {
            case "create-peer" ->
                new Incoming.CreatePeer(
                        session(frame, "session_id"), room(frame), isResumable ? credentials(frame, frame) : null);
            case "auth" -> new Incoming.Auth(frame.string("token"));
            case "destroy-peer" -> new Incoming.DestroyPeer(session(frame, "session_id"));
            case "ping" -> new Incoming.Ping(frame.value("id").orElse(null));
            default -> isResumable ? resumableOnly(type, frame) : unknown(frame);
        };
    }

    private static Incoming resumableOnly(String type, Frame frame) throws BadFrameException {
        return switch (type) {
            case "resume" -> resume(frame);
            case "ack" -> ack(frame);
            case "leave" -> new Incoming.Leave();
            case "ice-servers" -> new Incoming.IceServersRequest(session(frame, "session_id"));
            default -> unknown(frame);
        };
    }

    private static Incoming unknown(Frame frame) throws BadFrameException {
        throw frame.error(ErrorCode.UNKNOWN_TYPE, ErrorCode.UNKNOWN_TYPE.message());
    }

    private static Incoming signalling(Frame frame, Signal.Kind kind, boolean isResumable) throws BadFrameException {
        for (String name : isResumable ? RESERVED : RESERVED_FOR_PLAIN) {
            if (frame.has(name)) {
                throw frame.error(ErrorCode.BAD_FRAME, "field " + name + " is set by the server");
            }
        }
        SessionId sender = session(frame, "session_id");
        @Nullable SessionId to = frame.has("to") ? session(frame, "to") : null;
        long seq = isResumable ? frame.number("seq", 1) : 0;
        boolean isForOne = isResumable && to != null && frame.has("to_incarnation");
        Incarnation owner = isForOne ? id(frame, "to_incarnation", Incarnation::named) : null;
        return new Incoming.Signalling(sender, seq, new Signal(kind, to, frame.without(READDRESSED)), owner);
    }

    private static Incoming resume(Frame frame) throws BadFrameException {
        List<Incoming.Resume.Item> items = new ArrayList<>();
        for (Frame item : frame.objects("sessions")) {
            long acknowledged = item.has("acked") ? item.number("acked", 0) : 0;
            Position position = new Position(
                    id(item, "epoch", Epoch::new), item.number("received", 0), item.number("sent", 0), acknowledged);
            items.add(new Incoming.Resume.Item(session(item, "session_id"), credentials(frame, item), position));
        }
        return new Incoming.Resume(items);
    }

    private static Incoming ack(Frame frame) throws BadFrameException {
        Frame received = frame.object("received");
        Map<SessionId, Long> numbers = new LinkedHashMap<>();
        for (String name : received.names()) {
            numbers.put(checked(frame, "received", name, SessionId::new), received.number(name, 0));
        }
        return new Incoming.Ack(numbers);
    }

    /** @param session where the key of the session stands; {@code frame} has the rest */
    private static Credentials credentials(Frame frame, Frame session) throws BadFrameException {
        String key = session.string("resume_key");
        Instance instance = id(frame, "instance", Instance::new);
        try {
            return new Credentials(new ResumeKey(key).hash(), instance, frame.number("attempt", 1));
        } catch (IllegalArgumentException invalid) {
            throw session.error(ErrorCode.BAD_FRAME, "field resume_key: " + invalid.getMessage());
        }
    }

    private static SessionId session(Frame frame, String name) throws BadFrameException {
        return id(frame, name, SessionId::new);
    }

    private static RoomId room(Frame frame) throws BadFrameException {
        return id(frame, "room_id", RoomId::new);
    }

    private static <I> I id(Frame frame, String name, Function<String, I> constructor) throws BadFrameException {
        return checked(frame, name, frame.string(name), constructor);
    }

    private static <I> I checked(Frame frame, String name, String value, Function<String, I> constructor)
            throws BadFrameException {
        try {
            return constructor.apply(value);
        } catch (IllegalArgumentException invalid) {
            throw frame.error(ErrorCode.BAD_ID, "field " + name + ": " + invalid.getMessage());
        }
    }
}
