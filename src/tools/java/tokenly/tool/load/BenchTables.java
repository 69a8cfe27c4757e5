package tokenly.tool.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tokenly.tool.text.Language;
import tokenly.tool.text.Text;

/** A report as tables in one language: every round, then the medians side by side. */
final class BenchTables {

    private static final String NONE = "-";

    private final BenchReport report;
    private final Language language;

    BenchTables(BenchReport report, Language language) {
        this.report = report;
        this.language = language;
    }

    /** What was measured, and what came of it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(report.setup().benchmark() + ": " + words(report.setup().settings()));
        if (!report.setup().server().isEmpty()) {
            lines.add(words(report.setup().server()));
        }
        Machine machine = report.setup().machine();
        lines.add(say(
                "bench_machine",
                machine.cores(),
                machine.jdk(),
                machine.system(),
                String.format(Locale.ROOT, "%.1f", machine.loadAverage())));
        lines.add("");
        lines.addAll(rounds().lines());
        lines.add("");
        lines.addAll(medians().lines());
        return lines;
    }

    private static String words(Map<String, ?> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }

    private Table rounds() {
        List<Figure> figures = report.figures();
        Table table = new Table();
        table.row(row(say("column_round"), figures.stream().map(this::name)));
        for (BenchReport.Round round : report.rounds()) {
            table.row(row(
                    round.number() + " " + name(round.subject()),
                    figures.stream().map(figure -> {
                        Double value = round.sample().figures().get(figure);
                        return value == null ? NONE : figure.format(value);
                    })));
        }
        return table;
    }

    private Table medians() {
        Stream<String> names = report.subjects().stream().map(this::name);
        Table table = new Table();
        table.row(row(
                say("column_median"), Stream.concat(names, Stream.of(say("column_difference"), say("column_ratio")))));
        for (Figure figure : report.figures()) {
            Stream<String> medians =
                    report.subjects().stream().map(subject -> format(report.median(subject, figure), figure::format));
            String difference = format(report.difference(figure), figure::format);
            String ratio = format(report.ratio(figure), value -> String.format(Locale.ROOT, "%.2f", value));
            table.row(row(name(figure), Stream.concat(medians, Stream.of(difference, ratio))));
        }
        return table;
    }

    private static String format(OptionalDouble value, DoubleFunction<String> format) {
        return value.isPresent() ? format.apply(value.getAsDouble()) : NONE;
    }

    private static String[] row(String first, Stream<String> others) {
        return Stream.concat(Stream.of(first), others).toArray(String[]::new);
    }

    private String name(Figure figure) {
        return Text.named("figure_", figure).in(language);
    }

    private String name(ServerUnderTest subject) {
        return Text.named("subject_", subject).in(language);
    }

    private String say(String key, Object... values) {
        return language.text(key, values);
    }
}
