package tokenly.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/**
 * What one peer says to another, or to all others in its room.
 *
 * @param to a session of the room; null for all others in it
 * @param fields opaque to Tokenly: they reach the other side as they are
 */
public record Signal(Kind kind, @Nullable String to, JsonObject fields) {

    /** The names that are the protocol's own, so that no opaque field can have them. */
    static final Set<String> RESERVED = Set.of("type", "session_id", "to", "seq", "from", "source");

    /** What kind of signal it is. Tokenly treats all alike. */
    public enum Kind {
        OFFER,
        ANSWER,
        ICE_CANDIDATE,
        MESSAGE;

        /** As {@code type} has it: {@code ice-candidate}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName().equals(wireName))
                    .findFirst();
        }
    }

    /** @throws IllegalArgumentException if a field has a name of the protocol's own */
    public Signal {
        if (!Collections.disjoint(fields.members().keySet(), RESERVED)) {
            throw new IllegalArgumentException("a signal's own fields are not named " + RESERVED);
        }
    }

    /** To one session of the room. */
    public static Signal to(String peer, Kind kind, JsonObject fields) {
        return new Signal(kind, peer, fields);
    }

    /** To all others in the room. */
    public static Signal toAll(Kind kind, JsonObject fields) {
        return new Signal(kind, null, fields);
    }
}
