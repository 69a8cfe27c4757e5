package tokenly.tool.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.text.JsonLine;
import tokenly.tool.text.Language;

/**
 * What came of {@code tokenly load --connections}.
 *
 * @param phases in the order in which they happened
 */
public record ConnectionsReport(ConnectionsPlan plan, List<Phase> phases) implements Report {

    private static final String NAME = "connections";

    public ConnectionsReport {
        phases = List.copyOf(phases);
    }

    @Override
    public boolean isAsExpected() {
        return phases.stream().allMatch(Phase::isAsExpected);
    }

    @Override
    public List<String> tables(Language language) {
        Table table = new Table()
                .row(
                        language.text("column_phase"),
                        language.text("column_count"),
                        language.text("column_failed"),
                        language.text("column_seconds"),
                        language.text("column_per_second"),
                        "p50 ms",
                        "p99 ms",
                        "/status");
        phases.forEach(phase -> table.row(row(phase, language)));
        List<String> lines = new ArrayList<>();
        lines.add(language.text("load_run", NAME, number(plan.connections()), plan.url(), plan.roomsOf()));
        lines.add("");
        lines.addAll(table.lines());
        return lines;
    }

    private static String[] row(Phase phase, Language language) {
        Percentiles took = phase.took();
        return new String[] {
            phase.name().in(language),
            number(phase.counts().all()),
            number(phase.counts().failed()),
            String.format(Locale.ROOT, "%.2f", phase.seconds()),
            number(Math.round(phase.perSecond())),
            took == null ? "-" : String.format(Locale.ROOT, "%.1f", took.p50Millis()),
            took == null ? "-" : String.format(Locale.ROOT, "%.1f", took.p99Millis()),
            status(phase.check().seen(), language)
        };
    }

    /** With what to do about each. */
    @Override
    public List<String> problems(Language language) {
        List<String> lines = new ArrayList<>();
        for (Phase phase : phases) {
            phase.counts()
                    .failures()
                    .forEach((reason, count) -> lines.add(language.text(
                            "load_failure", phase.name(), number(count), reason, Failure.advice(reason))));
            if (!phase.check().isMet()) {
                Expectation expected = phase.check().expected();
                lines.add(language.text(
                        "load_status_wrong",
                        phase.name(),
                        status(phase.check().seen(), language),
                        (expected.state() == null ? "" : expected.state() + " ") + number(expected.activeSessions())));
            }
        }
        return lines;
    }

    private static String status(Optional<StatusProbe> seen, Language language) {
        return seen.map(status -> status.state() + " " + number(status.activeSessions()))
                .orElseGet(() -> language.text("no_answer"));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    @Override
    public JsonLine json(Instant at) {
        return new JsonLine()
                .with("workload", NAME)
                .with("at", at.truncatedTo(ChronoUnit.MILLIS))
                .with("as_expected", isAsExpected())
                .with("url", plan.url())
                .with("run", plan.run())
                .with("connections", plan.connections())
                .with("rooms_of", plan.roomsOf())
                .with("phases", phases.stream().map(Phase::json).toList());
    }
}
