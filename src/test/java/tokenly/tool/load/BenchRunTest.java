package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.AccessToken;
import tokenly.tool.text.UsageException;

/** With a server that is there already, as far as the run knows. */
class BenchRunTest {

    private static final URI RTC = URI.create("ws://localhost:1/rtc");

    private final List<String> measured = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();

    /** Counts how often it is asked. */
    private final class Counting implements Benchmark {

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Map<String, Integer> settings() {
            return Map.of();
        }

        @Override
        public int connections() {
            return 1;
        }

        @Override
        public int warmUps() {
            return 2;
        }

        @Override
        public Sample measure(Target target, String run, Consumer<Stage> stage) {
            measured.add(run);
            stage.accept(Stage.MEASURING);
            return new Sample(Map.of(Figure.P50_MICROS, (double) measured.size()), new TreeMap<>());
        }
    }

    private static BenchPlan plan(Optional<URI> url, OptionalLong pid, boolean isCompared, int rounds) {
        return new BenchPlan(url, pid, isCompared, rounds, Map.of(), AccessToken.NONE);
    }

    @Test
    void roundsThatWarmUpAreForgotten() throws Exception {
        BenchPlan plan = plan(Optional.of(RTC), OptionalLong.empty(), false, 2);
        BenchReport report =
                new BenchRun(new Counting(), plan, new Stopwatch(), step -> told.add(step.round())).go("a-run");
        assertThat(measured).containsExactly("a-run--1", "a-run-0", "a-run-1", "a-run-2");
        assertThat(told).containsExactly(-1, 0, 1, 2);
        assertThat(report.rounds()).extracting(BenchReport.Round::number).containsExactly(1, 2);
        assertThat(report.median(ServerUnderTest.TOKENLY, Figure.P50_MICROS)).hasValue(3.5);
        assertThat(report.setup().server())
                .as("of a server of others nothing is known")
                .isEmpty();
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> plan(Optional.of(RTC), OptionalLong.empty(), true, 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--compare");
        assertThatThrownBy(() -> plan(Optional.empty(), OptionalLong.of(1), false, 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--pid");
        assertThatThrownBy(() -> plan(Optional.empty(), OptionalLong.empty(), false, 0))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--rounds cannot be 0");
    }
}
