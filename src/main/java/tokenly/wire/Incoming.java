package tokenly.wire;

import org.jspecify.annotations.Nullable;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;

/** A well-formed frame from a client. */
public sealed interface Incoming {

    /** {@code create-peer}. */
    record CreatePeer(SessionId session, RoomId room) implements Incoming {}

    /** {@code destroy-peer}. */
    record DestroyPeer(SessionId session) implements Incoming {}

    /** {@code offer}, {@code answer}, {@code ice-candidate} or {@code message} of {@code session}. */
    record Signalling(SessionId session, Signal signal) implements Incoming {}

    /** {@code ping}; {@code id} is its JSON text, or null if it has none. */
    record Ping(@Nullable String id) implements Incoming {}
}
