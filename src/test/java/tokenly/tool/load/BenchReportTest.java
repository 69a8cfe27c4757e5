package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.text.Language;

class BenchReportTest {

    private static final BenchReport.Setup SETUP = new BenchReport.Setup(
            "relay", Map.of("pairs", 2), Map.of("TOKENLY_STORE", "journal"), new Machine(2, "17", "Linux", 0.5));

    private static BenchReport.Round round(ServerUnderTest subject, int number, double rate) {
        return round(subject, number, Map.of(Figure.MESSAGES_PER_SECOND, rate), Map.of());
    }

    private static BenchReport.Round round(
            ServerUnderTest subject, int number, Map<Figure, Double> figures, Map<String, Long> faults) {
        return new BenchReport.Round(subject, number, new Sample(figures, new TreeMap<>(faults)));
    }

    private final BenchReport report = new BenchReport(
            SETUP,
            List.of(
                    round(ServerUnderTest.PLAIN, 1, 100),
                    round(ServerUnderTest.TOKENLY, 1, 90),
                    round(ServerUnderTest.PLAIN, 2, 1),
                    round(ServerUnderTest.TOKENLY, 2, 50),
                    round(ServerUnderTest.PLAIN, 3, 200)));

    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTwo() {
        assertThat(report.median(ServerUnderTest.PLAIN, Figure.MESSAGES_PER_SECOND))
                .hasValue(100);
        assertThat(report.median(ServerUnderTest.TOKENLY, Figure.MESSAGES_PER_SECOND))
                .hasValue(70);
    }

    @Test
    void theRatioIsTokenlysMedianThroughTheOther() {
        assertThat(report.ratio(Figure.MESSAGES_PER_SECOND)).hasValue(0.7);
        assertThat(report.difference(Figure.MESSAGES_PER_SECOND)).hasValue(-30);
    }

    @Test
    void whatWasNotMeasuredOfBothHasNoRatio() {
        assertThat(report.ratio(Figure.P50_MICROS)).isEmpty();
        BenchReport alone = new BenchReport(SETUP, List.of(round(ServerUnderTest.TOKENLY, 1, 90)));
        assertThat(alone.ratio(Figure.MESSAGES_PER_SECOND)).isEmpty();
        assertThat(alone.difference(Figure.MESSAGES_PER_SECOND)).isEmpty();
        BenchReport ofNothing = new BenchReport(
                SETUP, List.of(round(ServerUnderTest.PLAIN, 1, 0), round(ServerUnderTest.TOKENLY, 1, 90)));
        assertThat(ofNothing.ratio(Figure.MESSAGES_PER_SECOND)).isEmpty();
        assertThat(ofNothing.difference(Figure.MESSAGES_PER_SECOND)).hasValue(90);
    }

    @Test
    void oneFaultInOneRoundIsEnough() {
        assertThat(report.isAsExpected()).isTrue();
        BenchReport faulty = new BenchReport(
                SETUP,
                List.of(
                        round(ServerUnderTest.PLAIN, 1, 1),
                        round(ServerUnderTest.TOKENLY, 1, Map.of(), Map.of("out-of-order", 3L))));
        assertThat(faulty.isAsExpected()).isFalse();
        assertThat(faulty.problems(Language.EN)).containsExactly("round 1, Tokenly: 3 times out-of-order");
    }

    @Test
    void theJsonSaysItAll() {
        String text = report.json(Instant.EPOCH).toString();
        JsonDocument json = JsonDocument.parse(text);
        assertThat(json.get("workload")).isEqualTo("relay");
        assertThat(json.get("as_expected")).isEqualTo(true);
        assertThat(text)
                .contains("\"at\":\"1970-01-01T00:00:00Z\"")
                .contains("\"settings\":{\"pairs\":2},\"server\":{\"TOKENLY_STORE\":\"journal\"}")
                .contains("\"machine\":{\"cores\":2,\"jdk\":\"17\",\"system\":\"Linux\",\"load_average\":0.500}")
                .contains(
                        "{\"contender\":\"plain\",\"round\":1,\"figures\":{\"messages_per_second\":100.000},\"faults\":{}}")
                .contains(
                        "\"medians\":{\"plain\":{\"messages_per_second\":100.000},\"tokenly\":{\"messages_per_second\":70.000}}")
                .contains(
                        "\"ratios\":{\"messages_per_second\":0.700},\"differences\":{\"messages_per_second\":-30.000}");
    }

    @Test
    void whatIsRoundedToNothingHasNoSign() {
        assertThat(Figure.MESSAGES_PER_SECOND.format(-0.2)).isEqualTo("0");
        assertThat(Figure.SERVER_CPU_SECONDS.format(-0.001)).isEqualTo("0.00");
        assertThat(Figure.SERVER_CPU_SECONDS.format(-1_000.126)).isEqualTo("-1,000.13");
    }

    @Test
    void theTablesShowEveryRoundAndTheMedians() {
        assertThat(report.tables(Language.EN))
                .contains("1 plain relay         100", "2 Tokenly              50")
                .contains("messages/s          100       70         -30   0.70");
    }
}
