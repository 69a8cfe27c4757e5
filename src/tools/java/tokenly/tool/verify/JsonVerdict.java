package tokenly.tool.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tokenly.tool.verify.check.Findings;
import tokenly.tool.verify.check.Violation;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.EventText;

/** A verdict for programs: one JSON object in one line. Names stay as they are; fields may be added. */
public final class JsonVerdict {

    private static final JsonFactory JSON = new JsonFactory();

    private final VerifyPlan plan;
    private final Verdict verdict;

    public JsonVerdict(VerifyPlan plan, Verdict verdict) {
        this.plan = plan;
        this.verdict = verdict;
    }

    /** The object. */
    public String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("holds", verdict.holds());
            fates(json);
            json.writeNumberField("duplicated", verdict.duplicated());
            json.writeNumberField("out_of_order", verdict.outOfOrder());
            plan(json);
            faults(json);
            counts(json);
            rules(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }

    private void fates(JsonGenerator json) throws IOException {
        json.writeNumberField("sent", verdict.fates().sent());
        json.writeNumberField("delivered", verdict.fates().delivered());
        json.writeObjectFieldStart("refused");
        for (Map.Entry<String, Integer> reason : new TreeMap<>(verdict.fates().refused()).entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("lost", verdict.fates().lost());
    }

    private void plan(JsonGenerator json) throws IOException {
        json.writeNumberField("seed", plan.seed());
        json.writeNumberField("seconds", plan.length().toSeconds());
        json.writeNumberField("sessions", plan.sessions());
        json.writeNumberField("rooms_of", plan.roomsOf());
        json.writeNumberField("rate", plan.rate());
        json.writeBooleanField("own_server", plan.rtc().isEmpty());
        json.writeBooleanField("store_survives_restarts", true); // as every rule expects it to
    }

    private void faults(JsonGenerator json) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        verdict.history().each(event -> {
            if (event.isA(EventKind.FAULT_BEGAN)) {
                counts.merge(verdict.history().fault(event.who()).kind().toString(), 1, Integer::sum);
            }
        });
        json.writeObjectFieldStart("faults");
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("kills", verdict.tally().count(EventKind.SERVER_KILLED));
        json.writeNumberField("kills_while_cleaning", verdict.tally().killsWhileCleaning());
    }

    private void counts(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("events");
        for (EventKind kind : EventKind.values()) {
            json.writeNumberField(
                    kind.name().toLowerCase(Locale.ROOT), verdict.tally().count(kind));
        }
        json.writeEndObject();
    }

    private void rules(JsonGenerator json) throws IOException {
        EventText words = new EventText(verdict.history());
        json.writeArrayFieldStart("rules");
        for (Findings findings : verdict.findings()) {
            json.writeStartObject();
            json.writeStringField("rule", findings.rule().toString());
            json.writeBooleanField("checked", verdict.isChecked(findings.rule()));
            json.writeNumberField("broken", findings.count());
            json.writeArrayFieldStart("violations");
            for (Violation violation : findings.violations()) {
                violation(json, violation, words);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void violation(JsonGenerator json, Violation violation, EventText words) throws IOException {
        json.writeStartObject();
        json.writeStringField("what", violation.what());
        json.writeArrayFieldStart("proof");
        for (Event event : violation.proof()) {
            json.writeString(words.line(event));
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
