package tokenly.tool;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tokenly.tool.load.BenchPlan;
import tokenly.tool.load.BenchProgress;
import tokenly.tool.load.BenchRun;
import tokenly.tool.load.Benchmark;
import tokenly.tool.load.Stopwatch;
import tokenly.tool.server.AccessToken;
import tokenly.tool.text.Text;

/** The options of every command that measures, and how it does so. */
final class BenchOptions {

    /** Runs are named by a number that two runs hardly share. */
    static final int RUNS = 1_000_000;

    @Mixin
    private final ReportOptions report = new ReportOptions();

    @Option(names = "--rounds", paramLabel = "N", description = "${bundle:rounds_option}")
    private int rounds = 3;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "${bundle:set_option}")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Measures servers that it starts, shows what came of it, and returns the exit code. */
    int run(Benchmark benchmark) throws CliException, InterruptedException {
        return run(
                benchmark,
                new BenchPlan(Optional.empty(), OptionalLong.empty(), false, rounds, settings, AccessToken.NONE));
    }

    /** The same with the server, or servers, that {@code servers} asks for. */
    int run(Benchmark benchmark, ServerOptions servers) throws CliException, InterruptedException {
        return run(benchmark, servers.plan(rounds, settings));
    }

    private int run(Benchmark benchmark, BenchPlan plan) throws CliException, InterruptedException {
        AtomicReference<BenchProgress> now = new AtomicReference<>();
        Stopwatch watch = new Stopwatch();
        BenchRun run = new BenchRun(benchmark, plan, watch, now::set);
        String name = Integer.toString(RandomGenerator.getDefault().nextInt(RUNS));
        try {
            return report.show(spec, () -> progress(now.get(), watch), () -> run.go(name));
        } catch (IOException failed) {
            throw new CliException(failed, "bench_failed", ReportOptions.reason(failed));
        }
    }

    private String progress(@Nullable BenchProgress progress, Stopwatch watch) {
        if (progress == null) {
            return "";
        }
        Text subject = Text.named("subject_", progress.subject());
        Text stage = Text.named("stage_", progress.stage());
        long seconds = watch.get().minus(progress.since()).toSeconds();
        return progress.round() == 0
                ? report.language().text("bench_starting", subject, stage, seconds)
                : report.language().text("bench_progress", progress.round(), rounds, subject, stage, seconds);
    }
}
