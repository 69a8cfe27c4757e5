package tokenly.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.bench.LatencyBenchmark;

/** {@code tokenly load latency}: see {@link LatencyBenchmark}. */
@Command(
        name = "latency",
        header = "${bundle:load_latency_header}",
        description = "${bundle:load_latency_description}",
        footer = "${bundle:load_latency_footer}")
final class LoadLatencyCommand implements Callable<Integer> {

    @Mixin
    private final PairOptions pairs = new PairOptions();

    @Option(names = "--rate", paramLabel = "N", description = "${bundle:latency_rate_option}")
    private int rate = 2_000;

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    @Mixin
    private final BenchOptions bench = new BenchOptions();

    @Override
    public Integer call() throws CliException, InterruptedException {
        return bench.run(new LatencyBenchmark(pairs.plan(), rate), servers);
    }
}
