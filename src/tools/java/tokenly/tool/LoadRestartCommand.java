package tokenly.tool;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.bench.RestartBenchmark;

/** {@code tokenly load restart}: see {@link RestartBenchmark}. */
@Command(
        name = "restart",
        header = "${bundle:load_restart_header}",
        description = "${bundle:load_restart_description}",
        footer = "${bundle:load_restart_footer}")
final class LoadRestartCommand implements Callable<Integer> {

    @Option(names = "--records", paramLabel = "N", description = "${bundle:records_option}")
    private int records = 100_000;

    @Option(names = "--sessions", paramLabel = "N", description = "${bundle:restart_sessions_option}")
    private int sessions = 1_000;

    @Mixin
    private final BenchOptions bench = new BenchOptions();

    @Override
    public Integer call() throws CliException, InterruptedException {
        return bench.run(new RestartBenchmark(records, sessions));
    }
}
