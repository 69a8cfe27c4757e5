package tokenly.tool.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tools report to programs: one JSON object in one line, its fields in the order in which they were added. Not
 * thread-safe.
 */
public final class JsonLine {

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /**
     * Adds a field.
     *
     * @param value a {@code JsonLine} or a map (an object), an iterable (an array), a boolean, null, or a number; a double is
     *     written with three digits after the point. Anything else is written as the string that it is
     */
    public JsonLine with(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    /** Adds all fields of {@code other}. */
    public JsonLine with(JsonLine other) {
        fields.putAll(other.fields);
        return this;
    }

    /** The line, without an end of line. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, fields);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof JsonLine object) {
            write(json, object.fields);
        } else if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : object.entrySet()) {
                json.writeFieldName(String.valueOf(field.getKey()));
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> array) {
            json.writeStartArray();
            for (Object element : array) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Double number) {
            json.writeNumber(BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP));
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            json.writeObject(value);
        } else {
            json.writeString(value.toString());
        }
    }
}
