package tokenly.tool.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** An outcome as JSON. */
final class OutcomeJson {

    private static final JsonFactory JSON = new JsonFactory();

    private OutcomeJson() {}

    static String of(Scenarios.Outcome outcome) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("scenario", outcome.scenario());
            json.writeBooleanField("passed", outcome.failure().isEmpty());
            json.writeStringField("failure", outcome.failure().orElse(null));
            json.writeArrayFieldStart("cannot");
            for (String reason : outcome.cannot()) {
                json.writeString(reason);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }
}
