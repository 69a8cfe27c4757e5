package tokenly.client.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A JSON object: named values, in the order of their text, no name twice. Immutable; {@code toString} is its JSON text. */
public final class JsonObject implements Json {

    /** The object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /** The highest whole number of the protocol: 2^53 - 1, the last one that JavaScript counts exactly. */
    public static final long MAX_WHOLE = (1L << 53) - 1;

    private static final int MAX_WHOLE_DIGITS = 16;

    private final Map<String, Json> members;

    private JsonObject(Map<String, Json> members) {
        this.members = members;
    }

    /** With these members, in the order of the map. */
    public static JsonObject of(Map<String, Json> members) {
        return new JsonObject(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }

    /**
     * Reads one JSON object.
     *
     * @throws IllegalArgumentException if {@code text} is not one JSON object and nothing more, a name stands twice in an
     *     object, or values nest deeper than {@link Json#MAX_NESTING}
     */
    public static JsonObject parse(String text) {
        if (JsonReader.read(text) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("JSON, but no object");
    }

    /** The same with one more member, or another value for it. For a few members; for many, use {@link #of}. */
    public JsonObject with(String name, Json value) {
        Map<String, Json> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new JsonObject(Collections.unmodifiableMap(more));
    }

    public JsonObject with(String name, String value) {
        return with(name, new Text(value));
    }

    public JsonObject with(String name, long value) {
        return with(name, Numeral.of(value));
    }

    public JsonObject with(String name, boolean value) {
        return with(name, new Truth(value));
    }

    /** The same without the members of those names. */
    public JsonObject without(Set<String> names) {
        Map<String, Json> fewer = new LinkedHashMap<>(members);
        fewer.keySet().removeAll(names);
        return new JsonObject(Collections.unmodifiableMap(fewer));
    }

    /** All members; unmodifiable. */
    public Map<String, Json> members() {
        return members;
    }

    public Optional<Json> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The value of that name, if it is a string. */
    public Optional<String> text(String name) {
        return members.get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The value of that name, if it is a whole number from 0 to {@link #MAX_WHOLE} without fraction or exponent. */
    public OptionalLong whole(String name) {
        return members.get(name) instanceof Numeral number ? whole(number) : OptionalLong.empty();
    }

    /** The value of {@code number}, if it is a whole number from 0 to {@link #MAX_WHOLE} without fraction or exponent. */
    public static OptionalLong whole(Numeral number) {
        String digits = number.text();
        if (digits.length() > MAX_WHOLE_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        long value = Long.parseLong(digits);
        return value <= MAX_WHOLE ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** The value of that name, if it is {@code true} or {@code false}. */
    public Optional<Boolean> truth(String name) {
        return members.get(name) instanceof Truth truth ? Optional.of(truth.value()) : Optional.empty();
    }

    /** The value of that name, if it is an object. */
    public Optional<JsonObject> object(String name) {
        return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /** The value of that name, if it is an array. */
    public Optional<List<Json>> array(String name) {
        return members.get(name) instanceof Array array ? Optional.of(array.values()) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && object.members.equals(members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /**
     * Its JSON text.
     *
     * @throws IllegalArgumentException if values nest deeper than {@link Json#MAX_NESTING}
     */
    @Override
    public String toString() {
        return JsonWriter.write(this);
    }
}
