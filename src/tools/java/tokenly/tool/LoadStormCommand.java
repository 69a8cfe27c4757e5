package tokenly.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.bench.StormBenchmark;

/** {@code tokenly load storm}: see {@link StormBenchmark}. */
@Command(
        name = "storm",
        header = "${bundle:load_storm_header}",
        description = "${bundle:load_storm_description}",
        footer = "${bundle:load_storm_footer}")
final class LoadStormCommand implements Callable<Integer> {

    @Option(names = "--sessions", paramLabel = "N", description = "${bundle:storm_sessions_option}")
    private int sessions = 5_000;

    @Option(names = "--missed", paramLabel = "N", description = "${bundle:missed_option}")
    private int missed = 5;

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    @Mixin
    private final BenchOptions bench = new BenchOptions();

    @Override
    public Integer call() throws CliException, InterruptedException {
        return bench.run(new StormBenchmark(sessions, missed), servers);
    }
}
