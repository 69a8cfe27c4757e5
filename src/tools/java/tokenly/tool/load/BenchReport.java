package tokenly.tool.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import tokenly.tool.text.JsonLine;
import tokenly.tool.text.Language;
import tokenly.tool.text.Text;

/**
 * What came of a benchmark.
 *
 * @param setup what was measured, and where
 * @param rounds in the order in which they were measured
 */
public record BenchReport(Setup setup, List<Round> rounds) implements Report {

    public BenchReport {
        rounds = List.copyOf(rounds);
    }

    /**
     * What was measured, and where.
     *
     * @param settings of the benchmark, by the names of its options
     * @param server what was started, and its settings in the form of the environment; empty if nothing was started
     */
    record Setup(String benchmark, Map<String, Integer> settings, Map<String, String> server, Machine machine) {}

    /**
     * One subject, measured once.
     *
     * @param number from 1
     */
    record Round(ServerUnderTest subject, int number, Sample sample) {}

    @Override
    public boolean isAsExpected() {
        return rounds.stream().allMatch(round -> round.sample().faults().isEmpty());
    }

    /** Who was measured, the one that the others are compared with first. */
    List<ServerUnderTest> subjects() {
        return rounds.stream().map(Round::subject).distinct().sorted().toList();
    }

    /** What was measured of anyone. */
    List<Figure> figures() {
        return Arrays.stream(Figure.values())
                .filter(figure -> rounds.stream()
                        .anyMatch(round -> round.sample().figures().containsKey(figure)))
                .toList();
    }

    /** The middle one of all rounds of {@code subject}; of an even number the mean of both in the middle. */
    OptionalDouble median(ServerUnderTest subject, Figure figure) {
        double[] sorted = rounds.stream()
                .filter(round -> round.subject() == subject)
                .flatMap(round -> Stream.ofNullable(round.sample().figures().get(figure)))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** Tokenly's median minus the other's; empty if either is missing. */
    OptionalDouble difference(Figure figure) {
        OptionalDouble tokenly = median(ServerUnderTest.TOKENLY, figure);
        OptionalDouble other = median(subjects().get(0), figure);
        return subjects().size() > 1 && tokenly.isPresent() && other.isPresent()
                ? OptionalDouble.of(tokenly.getAsDouble() - other.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Tokenly's median divided by the other's; empty if either is missing, or the other's is 0. */
    OptionalDouble ratio(Figure figure) {
        OptionalDouble tokenly = median(ServerUnderTest.TOKENLY, figure);
        OptionalDouble other = median(subjects().get(0), figure);
        boolean isComparable =
                subjects().size() > 1 && tokenly.isPresent() && other.isPresent() && other.getAsDouble() != 0;
        return isComparable ? OptionalDouble.of(tokenly.getAsDouble() / other.getAsDouble()) : OptionalDouble.empty();
    }

    @Override
    public List<String> tables(Language language) {
        return new BenchTables(this, language).lines();
    }

    @Override
    public List<String> problems(Language language) {
        List<String> lines = new ArrayList<>();
        for (Round round : rounds) {
            Text subject = Text.named("subject_", round.subject());
            round.sample()
                    .faults()
                    .forEach((reason, count) ->
                            lines.add(language.text("bench_fault", round.number(), subject, count, reason)));
        }
        return lines;
    }

    @Override
    public JsonLine json(Instant at) {
        Machine machine = setup.machine();
        JsonLine medians = new JsonLine();
        subjects().forEach(subject -> medians.with(subject.key(), json(figure -> median(subject, figure))));
        return new JsonLine()
                .with("workload", setup.benchmark())
                .with("at", at.truncatedTo(ChronoUnit.MILLIS))
                .with("as_expected", isAsExpected())
                .with("settings", setup.settings())
                .with("server", setup.server())
                .with(
                        "machine",
                        new JsonLine()
                                .with("cores", machine.cores())
                                .with("jdk", machine.jdk())
                                .with("system", machine.system())
                                .with("load_average", machine.loadAverage()))
                .with("rounds", rounds.stream().map(BenchReport::json).toList())
                .with("medians", medians)
                .with("ratios", json(this::ratio))
                .with("differences", json(this::difference));
    }

    private static JsonLine json(Round round) {
        JsonLine figures = new JsonLine();
        round.sample().figures().forEach((figure, value) -> figures.with(figure.key(), value));
        return new JsonLine()
                .with("contender", round.subject().key())
                .with("round", round.number())
                .with("figures", figures)
                .with("faults", round.sample().faults());
    }

    private JsonLine json(Function<Figure, OptionalDouble> value) {
        JsonLine json = new JsonLine();
        figures().forEach(figure -> value.apply(figure).ifPresent(number -> json.with(figure.key(), number)));
        return json;
    }
}
