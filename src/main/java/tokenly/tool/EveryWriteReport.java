package tokenly.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tokenly.tool.text.Language;
import tokenly.tool.text.Text;
import tokenly.tool.verify.check.Findings;
import tokenly.tool.verify.check.Violation;
import tokenly.tool.verify.crash.EveryWrite.Failure;
import tokenly.tool.verify.crash.EveryWrite.Outcome;
import tokenly.tool.verify.history.EventText;

/** What {@code tokenly verify --every-write} says. */
final class EveryWriteReport {

    private static final JsonFactory JSON = new JsonFactory();

    private final long seed;
    private final Language language;

    EveryWriteReport(long seed, Language language) {
        this.seed = seed;
        this.language = language;
    }

    /** How far it is. */
    String progress(Outcome soFar) {
        return Text.EVERY_WRITE_PROGRESS.in(
                language, number(soFar.steps()), number(soFar.crashes()), number(soFar.failed()));
    }

    /** The first crashes after which a rule was broken, with the rules and their first cases. */
    List<String> troubles(Outcome outcome) {
        List<String> lines = new ArrayList<>();
        for (Failure failure : outcome.failures()) {
            lines.add(failure.crash().toString());
            failure.trouble().ifPresent(why -> lines.add("  " + why));
            EventText words = new EventText(failure.verdict().history());
            for (Findings findings : failure.verdict().findings()) {
                for (Violation violation :
                        findings.violations().stream().limit(1).toList()) {
                    lines.add("  " + findings.rule().text().in(language) + ": "
                            + Text.RULE_BROKEN.in(language, number(findings.count())) + ", " + violation.what());
                    violation.proof().forEach(event -> lines.add("    " + words.line(event)));
                }
            }
        }
        return lines;
    }

    String figures(Outcome outcome) {
        return Text.EVERY_WRITE_FIGURES.in(
                language, number(outcome.steps()), number(outcome.sent()), number(outcome.failed()));
    }

    /** The verdict in one line. */
    String headline(Outcome outcome) {
        return Text.EVERY_WRITE_VERDICT.in(
                language,
                number(outcome.crashes()),
                number(outcome.lost()),
                number(outcome.duplicated()),
                number(outcome.outOfOrder()));
    }

    /** The command that does the same again. */
    String again() {
        return Text.VERIFY_SEED.in(language, "./tokenly verify --every-write --seed " + seed);
    }

    /** For programs: one JSON object in one line. Names stay as they are; fields may be added. */
    String json(Outcome outcome) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("holds", outcome.holds());
            json.writeNumberField("crashes", outcome.crashes());
            json.writeNumberField("lost", outcome.lost());
            json.writeNumberField("duplicated", outcome.duplicated());
            json.writeNumberField("out_of_order", outcome.outOfOrder());
            json.writeNumberField("seed", seed);
            json.writeNumberField("writes", outcome.steps());
            json.writeNumberField("sent", outcome.sent());
            json.writeNumberField("failed", outcome.failed());
            json.writeArrayFieldStart("troubles");
            for (String line : troubles(outcome)) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot fail to be written", impossible);
        }
        return text.toString();
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
