package tokenly.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tokenly.tool.load.ConnectionsWorkload;
import tokenly.tool.load.Descriptors;
import tokenly.tool.load.JsonResult;
import tokenly.tool.load.Plan;
import tokenly.tool.load.Result;
import tokenly.tool.load.Round;
import tokenly.tool.load.StatusPage;
import tokenly.tool.load.Stopwatch;
import tokenly.tool.load.TextResult;
import tokenly.tool.load.Workload;
import tokenly.tool.load.ws.NioClient;
import tokenly.tool.text.Text;

/** {@code tokenly load}: runs a {@link Workload} against a server and says whether that behaved. */
@Command(
        name = "load",
        header = "${bundle:load_header}",
        description = "${bundle:load_description}",
        subcommands = {
            LoadRelayCommand.class,
            LoadLatencyCommand.class,
            LoadStormCommand.class,
            LoadIdleCommand.class,
            LoadRestartCommand.class
        },
        footer = "${bundle:load_footer}")
final class LoadCommand implements Callable<Integer> {

    /** Runs are named by a number that two runs hardly share. */
    private static final int RUNS = 1_000_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--connections", paramLabel = "N", description = "${bundle:connections_option}")
    private int connections = 10_000;

    @Option(names = "--url", paramLabel = "URL", description = "${bundle:url_option}")
    private URI url = URI.create("ws://localhost:3003/rtc");

    @Option(names = "--rooms-of", paramLabel = "N", description = "${bundle:rooms_of_option}")
    private int roomsOf = 2;

    @Option(names = "--json", description = "${bundle:json_result_option}")
    private boolean isJson;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CliException, InterruptedException {
        RandomGenerator random = RandomGenerator.getDefault();
        Plan plan = new Plan(url, connections, roomsOf, Integer.toString(random.nextInt(RUNS)));
        Descriptors.now().check(connections);
        Result result = run(plan, random);
        show(result);
        return result.isAsExpected() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Result run(Plan plan, RandomGenerator random) throws CliException, InterruptedException {
        AtomicReference<Round> now = new AtomicReference<>();
        Screen screen =
                new Screen(spec.commandLine().getOut(), spec.commandLine().getErr());
        try (NioClient client = new NioClient(url, random);
                ProgressLine line = new ProgressLine(screen, () -> progress(now.get()));
                ProgressLog log = new ProgressLog(screen, () -> progress(now.get()))) {
            if (Terminal.isAtStandardError()) {
                line.start();
            } else {
                log.start();
            }
            StatusPage status = new StatusPage(plan.statusUrl());
            return new ConnectionsWorkload().run(plan, new Workload.Tools(client, status, new Stopwatch(), now::set));
        } catch (IOException failed) {
            throw new CliException(
                    failed,
                    "no_server",
                    url,
                    Optional.ofNullable(failed.getMessage()).orElse(failed.toString()));
        }
    }

    private String progress(@Nullable Round round) {
        return round == null
                ? ""
                : common.language().text("load_progress", 
                        Text.named("phase_", round.kind()),
                        round.succeeded(),
                        round.count(),
                        round.failed(),
                        round.elapsed().toSeconds());
    }

    private void show(Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(JsonResult.of(result, InstantSource.system().instant()));
            return;
        }
        TextResult spoken = new TextResult(result, common.language());
        spoken.table().forEach(out::println);
        out.println();
        spoken.troubles().forEach(line -> out.println(Paint.RED.on(line)));
        if (result.isAsExpected()) {
            out.println(Paint.GREEN.on(common.language().text("load_fine")));
        }
    }
}
