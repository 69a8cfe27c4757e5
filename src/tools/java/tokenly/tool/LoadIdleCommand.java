package tokenly.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.bench.IdleBenchmark;

/** {@code tokenly load idle}: see {@link IdleBenchmark}. */
@Command(
        name = "idle",
        header = "${bundle:load_idle_header}",
        description = "${bundle:load_idle_description}",
        footer = "${bundle:load_idle_footer}")
final class LoadIdleCommand implements Callable<Integer> {

    @Option(names = "--sessions", paramLabel = "N", description = "${bundle:storm_sessions_option}")
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
