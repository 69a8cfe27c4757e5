package tokenly.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.bench.RelayBenchmark;

/** {@code tokenly load relay}: see {@link RelayBenchmark}. */
@Command(
        name = "relay",
        header = "${bundle:load_relay_header}",
        description = "${bundle:load_relay_description}",
        footer = "${bundle:load_relay_footer}")
final class LoadRelayCommand implements Callable<Integer> {

    @Mixin
    private final PairOptions pairs = new PairOptions();

    @Option(names = "--in-flight", paramLabel = "N", description = "${bundle:in_flight_option}")
    private int inFlight = 16;

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    @Mixin
    private final BenchOptions bench = new BenchOptions();

    @Override
    public Integer call() throws CliException, InterruptedException {
        return bench.run(new RelayBenchmark(pairs.plan(), inFlight), servers);
    }
}
