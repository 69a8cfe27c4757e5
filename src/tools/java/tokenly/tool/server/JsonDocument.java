package tokenly.tool.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a client reads it.
 *
 * @param text as it came
 * @param fields in the order of the text: strings, booleans, {@link java.math.BigDecimal}s, lists, maps and nulls
 */
public record JsonDocument(String text, Map<String, @Nullable Object> fields) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads one JSON object.
     *
     * @throws IllegalArgumentException if {@code text} is not one JSON object and nothing more
     */
    public static JsonDocument parse(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no JSON object: " + text);
            }
            Map<String, @Nullable Object> fields = object(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one JSON object: " + text);
            }
            return new JsonDocument(text, fields);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("not JSON: " + text, malformed);
        }
    }

    public @Nullable Object get(String name) {
        return fields.get(name);
    }

    public String type() {
        return String.valueOf(get("type"));
    }

    public boolean isA(String type) {
        return type.equals(get("type"));
    }

    /** Whether it is about that session. */
    public boolean isFor(String session) {
        return session.equals(get("session_id"));
    }

    @Override
    public String toString() {
        return text;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getDecimalValue();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }
}
