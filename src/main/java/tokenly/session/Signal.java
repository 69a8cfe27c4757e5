package tokenly.session;

import org.jspecify.annotations.Nullable;

/**
 * What one peer sends to others of its room.
 *
 * @param kind what it is to the peers; the server treats all kinds alike
 * @param to its one addressee, or null for all others in the room
 * @param opaque the sender's own fields, {@code to} among them, as text that only {@code wire} can read; "" if none
 */
public record Signal(Kind kind, @Nullable SessionId to, String opaque) {

    /** The kinds of signals that WebRTC peers exchange (RFC 8829, section 3), and a free one. */
    public enum Kind {
        OFFER,
        ANSWER,
        ICE_CANDIDATE,
        MESSAGE
    }
}
