package tokenly.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.bench.StormBenchmark;

/** {@code tokenly load storm}: see {@link StormBenchmark}. */
@Command(
        name = "storm",
        header = "${bundle:LOAD_STORM}",
        description = "${bundle:LOAD_STORM_DESCRIPTION}",
        footer = "${bundle:LOAD_STORM_FOOTER}")
final class LoadStormCommand implements Callable<Integer> {

    @Option(names = "--sessions", paramLabel = "N", description = "${bundle:STORM_SESSIONS_OPTION}")
    private int sessions = 5_000;

    @Option(names = "--missed", paramLabel = "N", description = "${bundle:MISSED_OPTION}")
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
