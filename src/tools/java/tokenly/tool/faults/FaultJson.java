package tokenly.tool.faults;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;

/** What a proxy says in JSON. Field names and units are Toxiproxy's where it has them. */
public final class FaultJson {

    private static final JsonFactory JSON = new JsonFactory();

    private FaultJson() {}

    /** Writes fields of an object. */
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes the fields of one {@code T}. */
    public interface FieldsOf<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    /** A JSON object in one line. */
    public static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }

    /** Writes {@code name} with an array of objects. */
    public static <T> void writeArray(JsonGenerator json, String name, Collection<T> values, FieldsOf<T> fields)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            json.writeStartObject();
            fields.write(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static void writeFields(JsonGenerator json, Fault fault) throws IOException {
        json.writeStringField("name", fault.name());
        json.writeStringField("type", fault.kind().toString());
        json.writeStringField("stream", fault.stream().toString());
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<Attribute, Long> value : fault.values().entrySet()) {
            json.writeFieldName(value.getKey().jsonName());
            double number = value.getKey().unit().toJson(value.getValue());
            if (number == Math.rint(number)) {
                json.writeNumber((long) number);
            } else {
                json.writeNumber(number);
            }
        }
        json.writeEndObject();
    }

    public static void writeFields(JsonGenerator json, ProxiedConnection connection) throws IOException {
        json.writeNumberField("connection", connection.id());
        json.writeStringField(
                "client",
                connection.client().getAddress().getHostAddress() + ":"
                        + connection.client().getPort());
        writeFields(json, connection.upstream(), connection.downstream());
    }

    public static void writeFields(JsonGenerator json, Counters counters) throws IOException {
        json.writeNumberField("open", counters.open());
        json.writeNumberField("total", counters.total());
        writeFields(json, counters.upstream(), counters.downstream());
    }

    private static void writeFields(JsonGenerator json, Traffic upstream, Traffic downstream) throws IOException {
        json.writeNumberField("upstream_bytes", upstream.passed());
        json.writeNumberField("upstream_held", upstream.held());
        json.writeNumberField("downstream_bytes", downstream.passed());
        json.writeNumberField("downstream_held", downstream.held());
    }
}
