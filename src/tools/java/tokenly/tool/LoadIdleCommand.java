package tokenly.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.bench.IdleBenchmark;

/** {@code tokenly load idle}: see {@link IdleBenchmark}. */
@Command(
        name = "idle",
        header = "${bundle:LOAD_IDLE}",
        description = "${bundle:LOAD_IDLE_DESCRIPTION}",
        footer = "${bundle:LOAD_IDLE_FOOTER}")
final class LoadIdleCommand implements Callable<Integer> {

    @Option(names = "--sessions", paramLabel = "N", description = "${bundle:STORM_SESSIONS_OPTION}")
    private int sessions = 5_000;

    @Mixin
    private final ServerOptions servers = new ServerOptions();

    @Mixin
    private final BenchOptions bench = new BenchOptions();

    @Override
    public Integer call() throws CliException, InterruptedException {
        return bench.run(new IdleBenchmark(sessions), servers);
    }
}
