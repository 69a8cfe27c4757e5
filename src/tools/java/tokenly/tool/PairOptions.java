package tokenly.tool;

import java.time.Duration;
import picocli.CommandLine.Option;
import tokenly.tool.load.PairPlan;

/** The options of commands in which pairs talk. */
final class PairOptions {

    @Option(names = "--pairs", paramLabel = "N", description = "${bundle:pairs_option}")
    private int pairs = 200;

    @Option(names = "--size", paramLabel = "BYTES", description = "${bundle:size_option}")
    private int size = 200;

    @Option(names = "--seconds", paramLabel = "S", description = "${bundle:window_option}")
    private int seconds = 10;

    @Option(names = "--warm-up", paramLabel = "S", description = "${bundle:warm_up_option}")
    private int warmUp = 5;

    PairPlan plan() {
        return new PairPlan(pairs, size, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
    }
}
