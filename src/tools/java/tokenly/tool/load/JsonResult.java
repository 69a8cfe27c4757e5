package tokenly.tool.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result for programs: one JSON object in one line. Names and units stay as they are; fields may be added. */
public final class JsonResult {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonResult() {}

    /** The object for {@code result}; {@code at} is when the run was over. */
    public static String of(Result result, Instant at) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("workload", result.workload());
            json.writeStringField("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeBooleanField("as_expected", result.isAsExpected());
            write(json, result.plan());
            json.writeArrayFieldStart("phases");
            for (Phase phase : result.phases()) {
                write(json, phase);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Plan plan) throws IOException {
        json.writeStringField("url", plan.url().toString());
        json.writeStringField("run", plan.run());
        json.writeNumberField("connections", plan.connections());
        json.writeNumberField("rooms_of", plan.roomsOf());
    }

    private static void write(JsonGenerator json, Phase phase) throws IOException {
        json.writeStartObject();
        json.writeStringField("phase", phase.kind().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("as_expected", phase.isAsExpected());
        json.writeNumberField("count", phase.counts().all());
        json.writeNumberField("succeeded", phase.counts().succeeded());
        json.writeObjectFieldStart("failures");
        for (Map.Entry<String, Integer> failure : phase.counts().failures().entrySet()) {
            json.writeNumberField(failure.getKey(), failure.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("seconds", rounded(phase.seconds()));
        json.writeNumberField("per_second", rounded(phase.perSecond()));
        Percentiles took = phase.took();
        if (took != null) {
            json.writeNumberField("p50_ms", millis(took.p50()));
            json.writeNumberField("p99_ms", millis(took.p99()));
        }
        write(json, "expected", phase.check().expected());
        write(json, "status", phase.check().seen());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Expectation expected) throws IOException {
        json.writeObjectFieldStart(name);
        if (expected.state() != null) {
            json.writeStringField("state", expected.state());
        }
        json.writeNumberField("active_sessions", expected.activeSessions());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable ServerStatus status) throws IOException {
        if (status == null) {
            json.writeNullField(name);
        } else {
            write(json, name, new Expectation(status.state(), status.activeSessions()));
        }
    }

    private static BigDecimal millis(Duration duration) {
        return rounded(duration.toNanos() / 1e6);
    }

    /** To three digits after the point. */
    private static BigDecimal rounded(double number) {
        return BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP);
    }
}
