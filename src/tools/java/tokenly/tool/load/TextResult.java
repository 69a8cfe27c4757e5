package tokenly.tool.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tokenly.tool.text.Language;
import tokenly.tool.text.Text;

/** A result for people, in their language: a table of the phases, and a line for all that was not as expected. */
public final class TextResult {

    private static final String NONE = "-";

    private final Result result;
    private final Language language;

    public TextResult(Result result, Language language) {
        this.result = result;
        this.language = language;
    }

    /** The run and its phases. */
    public List<String> table() {
        Table table = new Table()
                .row(
                        say("column_phase"),
                        say("column_count"),
                        say("column_failed"),
                        say("column_seconds"),
                        say("column_per_second"),
                        "p50 ms",
                        "p99 ms",
                        "/status");
        result.phases().forEach(phase -> addRow(table, phase));
        List<String> lines = new ArrayList<>();
        Plan plan = result.plan();
        lines.add(say("load_run", result.workload(), number(plan.connections()), plan.url(), plan.roomsOf()));
        lines.add("");
        lines.addAll(table.lines());
        return lines;
    }

    private void addRow(Table table, Phase phase) {
        Percentiles took = phase.took();
        table.row(
                Text.named("phase_", phase.kind()).in(language),
                number(phase.counts().all()),
                number(phase.counts().failed()),
                String.format(Locale.ROOT, "%.2f", phase.seconds()),
                number(Math.round(phase.perSecond())),
                took == null ? NONE : millis(took.p50()),
                took == null ? NONE : millis(took.p99()),
                status(phase.check().seen()));
    }

    /** What was not as expected, a line each, with what to do about it; none if everything was. */
    public List<String> troubles() {
        List<String> lines = new ArrayList<>();
        for (Phase phase : result.phases()) {
            Text name = Text.named("phase_", phase.kind());
            phase.counts()
                    .failures()
                    .forEach((reason, count) ->
                            lines.add(say("load_failure", name, number(count), reason, Failure.advice(reason))));
            if (!phase.check().isMet()) {
                lines.add(say(
                        "load_status_wrong",
                        name,
                        status(phase.check().seen()),
                        expected(phase.check().expected())));
            }
        }
        return lines;
    }

    private String status(@Nullable ServerStatus seen) {
        return seen == null ? say("no_answer") : seen.state() + " " + number(seen.activeSessions());
    }

    private static String expected(Expectation expected) {
        String state = expected.state() == null ? "" : expected.state() + " ";
        return state + number(expected.activeSessions());
    }

    private String say(String key, Object... values) {
        return language.text(key, values);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toNanos() / 1e6);
    }
}
