package tokenly.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;

/** Text frames from clients to values, as PROTOCOL.md says. */
public final class Decoder {

    private static final Map<String, Signal.Kind> KINDS =
            Arrays.stream(Signal.Kind.values()).collect(Collectors.toMap(Names::of, Function.identity()));

    /** Named anew for each receiver, so not part of what is passed on. */
    private static final Set<String> READDRESSED = Set.of("type", "session_id");

    /** What the server says of a signal; a client that could say it too could speak for others. */
    private static final Set<String> RESERVED = Set.of("from", "seq", "source");

    private Decoder() {}

    /**
     * Reads one text frame.
     *
     * @throws BadFrameException if it is none that PROTOCOL.md knows
     */
    public static Incoming decode(String text) throws BadFrameException {
        Frame frame = Frame.read(text);
        String type = frame.string("type");
        Signal.Kind kind = KINDS.get(type);
        if (kind != null) {
            return signalling(frame, kind);
        }
        return switch (type) {
            case "create-peer" -> new Incoming.CreatePeer(session(frame, "session_id"), room(frame));
            case "destroy-peer" -> new Incoming.DestroyPeer(session(frame, "session_id"));
            case "ping" -> new Incoming.Ping(frame.value("id").orElse(null));
            default -> throw frame.error(ErrorCode.UNKNOWN_TYPE, "no frame has this type");
        };
    }

    private static Incoming signalling(Frame frame, Signal.Kind kind) throws BadFrameException {
        for (String name : RESERVED) {
            if (frame.has(name)) {
                throw frame.error(ErrorCode.BAD_FRAME, "field " + name + " is set by the server");
            }
        }
        SessionId sender = session(frame, "session_id");
        @Nullable SessionId to = frame.has("to") ? session(frame, "to") : null;
        return new Incoming.Signalling(sender, new Signal(kind, to, frame.without(READDRESSED)));
    }

    private static SessionId session(Frame frame, String name) throws BadFrameException {
        return id(frame, name, SessionId::new);
    }

    private static RoomId room(Frame frame) throws BadFrameException {
        return id(frame, "room_id", RoomId::new);
    }

    private static <I> I id(Frame frame, String name, Function<String, I> constructor) throws BadFrameException {
        String value = frame.string(name);
        try {
            return constructor.apply(value);
        } catch (IllegalArgumentException invalid) {
            throw frame.error(ErrorCode.BAD_ID, "field " + name + ": " + invalid.getMessage());
        }
    }
}
