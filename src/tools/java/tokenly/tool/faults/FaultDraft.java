package tokenly.tool.faults;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tokenly.tool.text.UsageException;

/** A fault as it comes in JSON, field by field in any order. For one thread. */
final class FaultDraft {

    private static final JsonFactory JSON = new JsonFactory();

    private String name = "";
    private String type = "";
    private String stream = Stream.BOTH.toString();
    private final Map<String, Double> attributes = new LinkedHashMap<>();

    private FaultDraft() {}

    /**
     * Reads {@code {"type":"latency","stream":"downstream","attributes":{"latency":100}}}. {@code name}, {@code stream}
     * and {@code attributes} may be absent, and so may {@code toxicity}, which can only be 1.
     *
     * @throws UsageException saying what is wrong with it
     */
    static Fault read(String text) {
        FaultDraft draft = new FaultDraft();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UsageException("bad_json", "it must be one object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                draft.readField(parser.currentName(), parser);
            }
            if (parser.nextToken() != null) {
                throw new UsageException("bad_json", "there is something behind the object");
            }
        } catch (JsonProcessingException malformed) {
            throw new UsageException("bad_json", malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be read", impossible);
        }
        return draft.fault();
    }

    private void readField(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "name" -> name = string(field, parser);
            case "type" -> type = string(field, parser);
            case "stream" -> stream = string(field, parser);
            case "attributes" -> readAttributes(parser);
            case "toxicity" -> {
                if (number(field, parser) != 1) {
                    throw new UsageException("bad_json", "toxicity can only be 1 here");
                }
            }
            default ->
                throw new UsageException(
                        "bad_json", "unknown field " + field + "; there are name, type, stream and attributes");
        }
    }

    private void readAttributes(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UsageException("bad_json", "attributes must be an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String attribute = parser.currentName();
            attributes.put(attribute, number(attribute, parser));
        }
    }

    private static String string(String field, JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
            throw new UsageException("bad_json", field + " must be a string");
        }
        return parser.getText();
    }

    private static double number(String field, JsonParser parser) throws IOException {
        if (!parser.nextToken().isNumeric()) {
            throw new UsageException("bad_json", field + " must be a number");
        }
        return parser.getDoubleValue();
    }

    private Fault fault() {
        ToxicKind kind = FaultExpression.kind(type);
        Stream direction = FaultExpression.stream(stream);
        Map<Attribute, Long> values = new EnumMap<>(Attribute.class);
        attributes.forEach((attribute, number) -> {
            Attribute known = FaultExpression.attribute(kind, attribute);
            values.put(known, known.fromJson(number));
        });
        return new Fault(name.isEmpty() ? Fault.defaultName(kind, direction) : name, kind, direction, values);
    }
}
