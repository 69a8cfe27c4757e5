package tokenly.socket;

import org.jspecify.annotations.Nullable;
import tokenly.session.DisconnectReason;
import tokenly.session.Permit;
import tokenly.session.SessionId;
import tokenly.wire.Incoming;

/** Port: takes what is about rooms that other servers have. Thread-safe; no method waits. */
public interface Forwarder {

    /** Of a server that has all rooms itself. */
    Forwarder NONE = new Forwarder() {};

    /**
     * Takes a frame as far as it is about rooms of others.
     *
     * @param text the frame as it came
     * @return what is left of it to do here; null if nothing is
     */
    default @Nullable Incoming take(ClientConnection connection, String text, Incoming frame) {
        return frame;
    }

    /** A session that {@code connection} has asked for cannot be created here: its room belongs to another server. */
    default void elsewhere(ClientConnection connection, SessionId session) {}

    /** How many sessions that others have {@code connection} holds, or has asked for. */
    default int held(ClientConnection connection) {
        return 0;
    }

    /** Whether {@code connection} holds {@code session}, and another server has it. */
    default boolean holds(ClientConnection connection, SessionId session) {
        return false;
    }

    /** {@code connection} has another token. */
    default void permitted(ClientConnection connection, Permit permit) {}

    /** {@code connection} can take more, after it had no room. */
    default void drained(ClientConnection connection) {}

    /** {@code connection} is gone. */
    default void closed(ClientConnection connection, DisconnectReason reason) {}
}
