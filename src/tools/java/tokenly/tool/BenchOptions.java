package tokenly.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tokenly.tool.load.Stopwatch;
import tokenly.tool.load.bench.BenchPlan;
import tokenly.tool.load.bench.BenchRun;
import tokenly.tool.load.bench.Benchmark;
import tokenly.tool.load.bench.JsonReport;
import tokenly.tool.load.bench.Report;
import tokenly.tool.load.bench.Step;
import tokenly.tool.load.bench.TextReport;
import tokenly.tool.text.Text;

/** The options of every command that measures, and how it does so. */
final class BenchOptions {

    /** Runs are named by a number that two runs hardly share. */
    private static final int RUNS = 1_000_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--rounds", paramLabel = "N", description = "${bundle:rounds_option}")
    private int rounds = 3;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "${bundle:set_option}")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", description = "${bundle:json_result_option}")
    private boolean isJson;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Measures servers that it starts, shows what came of it, and returns the exit code. */
    int run(Benchmark benchmark) throws CliException, InterruptedException {
        return run(benchmark, new BenchPlan(Optional.empty(), OptionalLong.empty(), false, rounds, settings));
    }

    /** The same with the server, or servers, that {@code servers} asks for. */
    int run(Benchmark benchmark, ServerOptions servers) throws CliException, InterruptedException {
        return run(benchmark, servers.plan(rounds, settings));
    }

    private int run(Benchmark benchmark, BenchPlan plan) throws CliException, InterruptedException {
        Report report = measure(benchmark, plan);
        show(report);
        return report.isAsExpected() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Report measure(Benchmark benchmark, BenchPlan plan) throws CliException, InterruptedException {
        AtomicReference<Step> now = new AtomicReference<>();
        Stopwatch watch = new Stopwatch();
        Screen screen =
                new Screen(spec.commandLine().getOut(), spec.commandLine().getErr());
        try (ProgressLine line = new ProgressLine(screen, () -> progress(now.get(), watch));
                ProgressLog log = new ProgressLog(screen, () -> progress(now.get(), watch))) {
            if (Terminal.isAtStandardError()) {
                line.start();
            } else {
                log.start();
            }
            return new BenchRun(benchmark, plan, watch, now::set)
                    .go(Integer.toString(RandomGenerator.getDefault().nextInt(RUNS)));
        } catch (IOException failed) {
            throw new CliException(
                    failed,
                    "bench_failed",
                    Optional.ofNullable(failed.getMessage()).orElse(failed.toString()));
        }
    }

    private String progress(@Nullable Step step, Stopwatch watch) {
        if (step == null) {
            return "";
        }
        Text subject = Text.named("subject_", step.subject());
        Text stage = Text.named("stage_", step.stage());
        long seconds = watch.get().minus(step.since()).toSeconds();
        return step.round() == 0
                ? common.language().text("bench_starting",  subject, stage, seconds)
                : common.language().text("bench_progress",  step.round(), rounds, subject, stage, seconds);
    }

    private void show(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(new JsonReport(report).text(InstantSource.system().instant()));
            return;
        }
        TextReport text = new TextReport(report, common.language());
        text.tables().forEach(out::println);
        out.println();
        text.troubles().forEach(line -> out.println(Paint.RED.on(line)));
        if (report.isAsExpected()) {
            out.println(Paint.GREEN.on(common.language().text("load_fine")));
        }
    }
}
