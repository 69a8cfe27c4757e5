package tokenly.tool;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tokenly.tool.load.ConnectionsPlan;
import tokenly.tool.load.ConnectionsRun;
import tokenly.tool.load.Descriptors;
import tokenly.tool.load.IdleBenchmark;
import tokenly.tool.load.LatencyBenchmark;
import tokenly.tool.load.PhaseRun;
import tokenly.tool.load.RelayBenchmark;
import tokenly.tool.load.RestartBenchmark;
import tokenly.tool.load.StormBenchmark;
import tokenly.tool.text.Text;

/**
 * {@code tokenly load}: puts load on a server. By itself it is a {@link ConnectionsRun}; each method that is a command is one
 * benchmark.
 */
@Command(
        name = "load",
        header = "${bundle:load_header}",
        description = "${bundle:load_description}",
        footer = "${bundle:load_footer}")
@SuppressWarnings("unused") // picocli looks for the methods
final class LoadCommand implements Callable<Integer> {

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Option(names = "--connections", paramLabel = "N", description = "${bundle:connections_option}")
    private int connections = 10_000;

    @Option(names = "--url", paramLabel = "URL", description = "${bundle:url_option}")
    private URI url = URI.create("ws://localhost:3003/rtc");

    @Option(names = "--rooms-of", paramLabel = "N", description = "${bundle:rooms_of_option}")
    private int roomsOf = 2;

    @Mixin
    private final TokenOptions token = new TokenOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CliException, InterruptedException {
        String run = Integer.toString(RandomGenerator.getDefault().nextInt(BenchOptions.RUNS));
        ConnectionsPlan plan = new ConnectionsPlan(url, connections, roomsOf, run, token.get());
        Descriptors.now().check(connections);
        AtomicReference<PhaseRun> now = new AtomicReference<>();
        try {
            return report.show(spec, () -> progress(now.get()), () -> ConnectionsRun.of(plan, now::set));
        } catch (IOException failed) {
            throw new CliException(failed, "no_server", url, ReportOptions.reason(failed));
        }
    }

    private String progress(@Nullable PhaseRun phase) {
        return phase == null
                ? ""
                : report.language()
                        .text(
                                "load_progress",
                                Text.named("phase_", phase.kind()),
                                phase.succeeded(),
                                phase.count(),
                                phase.failed(),
                                phase.elapsed().toSeconds());
    }

    @Command(
            header = "${bundle:load_relay_header}",
            description = "${bundle:load_relay_description}",
            footer = "${bundle:load_relay_footer}")
    int relay(
            @Mixin PairOptions pairs,
            @Option(
                            names = "--in-flight",
                            paramLabel = "N",
                            defaultValue = "16",
                            description = "${bundle:in_flight_option}")
                    int inFlight,
            @Mixin ServerOptions servers,
            @Mixin BenchOptions bench)
            throws CliException, InterruptedException {
        return bench.run(new RelayBenchmark(pairs.plan(), inFlight), servers);
    }

    @Command(
            header = "${bundle:load_latency_header}",
            description = "${bundle:load_latency_description}",
            footer = "${bundle:load_latency_footer}")
    int latency(
            @Mixin PairOptions pairs,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            defaultValue = "2000",
                            description = "${bundle:latency_rate_option}")
                    int rate,
            @Mixin ServerOptions servers,
            @Mixin BenchOptions bench)
            throws CliException, InterruptedException {
        return bench.run(new LatencyBenchmark(pairs.plan(), rate), servers);
    }

    @Command(
            header = "${bundle:load_storm_header}",
            description = "${bundle:load_storm_description}",
            footer = "${bundle:load_storm_footer}")
    int storm(
            @Option(
                            names = "--sessions",
                            paramLabel = "N",
                            defaultValue = "5000",
                            description = "${bundle:storm_sessions_option}")
                    int sessions,
            @Option(names = "--missed", paramLabel = "N", defaultValue = "5", description = "${bundle:missed_option}")
                    int missed,
            @Mixin ServerOptions servers,
            @Mixin BenchOptions bench)
            throws CliException, InterruptedException {
        return bench.run(new StormBenchmark(sessions, missed), servers);
    }

    @Command(
            header = "${bundle:load_idle_header}",
            description = "${bundle:load_idle_description}",
            footer = "${bundle:load_idle_footer}")
    int idle(
            @Option(
                            names = "--sessions",
                            paramLabel = "N",
                            defaultValue = "5000",
                            description = "${bundle:storm_sessions_option}")
                    int sessions,
            @Mixin ServerOptions servers,
            @Mixin BenchOptions bench)
            throws CliException, InterruptedException {
        return bench.run(new IdleBenchmark(sessions), servers);
    }

    @Command(
            header = "${bundle:load_restart_header}",
            description = "${bundle:load_restart_description}",
            footer = "${bundle:load_restart_footer}")
    int restart(
            @Option(
                            names = "--records",
                            paramLabel = "N",
                            defaultValue = "100000",
                            description = "${bundle:records_option}")
                    int records,
            @Option(
                            names = "--sessions",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "${bundle:restart_sessions_option}")
                    int sessions,
            @Mixin BenchOptions bench)
            throws CliException, InterruptedException {
        return bench.run(new RestartBenchmark(records, sessions));
    }
}
