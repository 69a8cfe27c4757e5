package tokenly.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/**
 * What one peer sends to another, or to all others in its room.
 *
 * @param kind its {@code type} on the wire
 * @param to a session of the room; null for all others in it
 * @param fields opaque to Tokenly: they reach the other side as they are. All but {@code to_incarnation}, a string: with it, a signal to
 *     one peer is meant for that owner of its name. Without it, {@link Peer#send} sets it to {@link Peer#incarnation} of that moment
 */
public record Signal(Kind kind, @Nullable String to, JsonObject fields) {

    /** The names that are the protocol's own, so that no opaque field can have them. */
    static final Set<String> RESERVED = Set.of("type", "session_id", "to", "seq", "from", "source");

    /** The field that names the incarnation that a signal is meant for. */
    static final String TO_INCARNATION = "to_incarnation";

    /** What is not among the fields of a {@link Delivery}. */
    static final Set<String> NOT_OPAQUE =
            Stream.concat(RESERVED.stream(), Stream.of(TO_INCARNATION)).collect(Collectors.toUnmodifiableSet());

    /** What kind of signal it is. Tokenly treats all alike. */
    public enum Kind {
        OFFER,
        ANSWER,
        ICE_CANDIDATE,
        MESSAGE;

        /**
         * Its {@code type} on the wire.
         *
         * @return such as {@code ice-candidate}
         */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Kind> of(String wireName) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wireName().equals(wireName))
                    .findFirst();
        }
    }

    /**
     * Checks the names of the fields.
     *
     * @throws IllegalArgumentException if a field is named {@code type}, {@code session_id}, {@code to}, {@code seq}, {@code from} or
     *     {@code source}, or {@code to_incarnation} is no string, or in a signal to all others
     */
    public Signal {
        if (!Collections.disjoint(fields.members().keySet(), RESERVED)) {
            throw new IllegalArgumentException("a signal's own fields are not named " + RESERVED);
        }
        boolean names = fields.get(TO_INCARNATION).isPresent();
        if (names && (to == null || fields.text(TO_INCARNATION).isEmpty())) {
            throw new IllegalArgumentException(TO_INCARNATION + " is a string, in a signal to one peer");
        }
    }

    boolean namesIncarnation() {
        return fields.get(TO_INCARNATION).isPresent();
    }

    /**
     * A signal to one peer of the room.
     *
     * @param peer its session id
     * @param kind its {@code type} on the wire
     * @param fields opaque to Tokenly
     * @return the signal
     */
    public static Signal to(String peer, Kind kind, JsonObject fields) {
        return new Signal(kind, peer, fields);
    }

    /**
     * A signal to all others in the room.
     *
     * @param kind its {@code type} on the wire
     * @param fields opaque to Tokenly
     * @return the signal
     */
    public static Signal toAll(Kind kind, JsonObject fields) {
        return new Signal(kind, null, fields);
    }
}
