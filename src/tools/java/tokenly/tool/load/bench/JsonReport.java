package tokenly.tool.load.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A report for programs: one JSON object in one line. Names and units stay as they are; fields may be added. */
public final class JsonReport {

    private static final JsonFactory JSON = new JsonFactory();

    private final Report report;

    public JsonReport(Report report) {
        this.report = report;
    }

    /** The object; {@code at} is when the run was over. */
    public String text(Instant at) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("workload", report.setup().benchmark());
            json.writeStringField("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeBooleanField("as_expected", report.isAsExpected());
            write(json, report.setup());
            json.writeArrayFieldStart("rounds");
            for (Report.Round round : report.rounds()) {
                write(json, round);
            }
            json.writeEndArray();
            writeMedians(json);
            write(json, "ratios", report::ratio);
            write(json, "differences", report::difference);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Report.Setup setup) throws IOException {
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, Integer> setting : setup.settings().entrySet()) {
            json.writeNumberField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("server");
        for (Map.Entry<String, String> setting : setup.server().entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
        Machine machine = setup.machine();
        json.writeObjectFieldStart("machine");
        json.writeNumberField("cores", machine.cores());
        json.writeStringField("jdk", machine.jdk());
        json.writeStringField("system", machine.system());
        json.writeNumberField("load_average", rounded(machine.loadAverage()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Report.Round round) throws IOException {
        json.writeStartObject();
        json.writeStringField("contender", round.subject().key());
        json.writeNumberField("round", round.number());
        json.writeObjectFieldStart("figures");
        for (Map.Entry<Figure, Double> figure : round.sample().figures().entrySet()) {
            json.writeNumberField(figure.getKey().key(), rounded(figure.getValue()));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("faults");
        for (Map.Entry<String, Long> fault : round.sample().faults().entrySet()) {
            json.writeNumberField(fault.getKey(), fault.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeMedians(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("medians");
        for (ServerUnderTest subject : report.subjects()) {
            json.writeObjectFieldStart(subject.key());
            for (Figure figure : report.figures()) {
                write(json, figure, report.median(subject, figure));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void write(JsonGenerator json, String name, Function<Figure, OptionalDouble> value) throws IOException {
        json.writeObjectFieldStart(name);
        for (Figure figure : report.figures()) {
            write(json, figure, value.apply(figure));
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Figure figure, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(figure.key(), rounded(value.getAsDouble()));
        }
    }

    /** To three digits after the point. */
    private static BigDecimal rounded(double number) {
        return BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP);
    }
}
