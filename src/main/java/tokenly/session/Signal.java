package tokenly.session;

import org.jspecify.annotations.Nullable;

/**
 * What one peer sends to others of its room.
 *
 * @param kind what it is to the peers; the server treats all kinds alike
 * @param to its one addressee, or null for all others in the room
 * @param opaque the sender's own fields, {@code to} among them, as text that only {@code wire} can read; "" if none
 * @param opaqueBytes what {@code opaque} takes in memory
 */
public record Signal(Kind kind, @Nullable SessionId to, String opaque, int opaqueBytes) {

    /** A signal whose text is counted here, once. */
    public Signal(Kind kind, @Nullable SessionId to, String opaque) {
        this(kind, to, opaque, bytes(opaque));
    }

    /** Java keeps a text in one byte for each character if it can, else in two. */
    private static int bytes(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) > 0xFF) {
                return 2 * text.length();
            }
        }
        return text.length();
    }

    /** The kinds of signals that WebRTC peers exchange (RFC 8829, section 3), and a free one. */
    public enum Kind {
        OFFER,
        ANSWER,
        ICE_CANDIDATE,
        MESSAGE
    }
}
