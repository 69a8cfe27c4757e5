package tokenly.tool.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.text.UsageException;

/** Measures each subject in turns, as often as asked. */
public final class BenchRun {

    /** What is measured unless something else is asked for: the store on, what a kill of the server cannot lose. */
    private static final Map<String, String> SETTINGS =
            Map.of("TOKENLY_STORE", "journal", "TOKENLY_STORE_FSYNC", "off");

    private final Benchmark benchmark;
    private final BenchPlan plan;
    private final Stopwatch watch;
    private final Consumer<BenchProgress> watcher;

    /** @param watcher is told of each step as it begins, on the clock of {@code watch} */
    public BenchRun(Benchmark benchmark, BenchPlan plan, Stopwatch watch, Consumer<BenchProgress> watcher) {
        this.benchmark = benchmark;
        this.plan = plan;
        this.watch = watch;
        this.watcher = watcher;
    }

    /**
     * Measures.
     *
     * @param run a name that no other run at the same server has
     * @throws IOException if a server lets no client in
     * @throws UsageException if too few files may be open here
     */
    public BenchReport go(String run) throws IOException, InterruptedException {
        Descriptors.now().check(benchmark.connections());
        Machine machine = Machine.now();
        Map<String, String> settings = settings();
        List<BenchReport.Round> rounds = new ArrayList<>();
        try (Servers servers = new Servers(
                plan, benchmark.subjects(plan.isCompared()), settings, subject -> tell(subject, 0, Stage.STARTING))) {
            for (int round = 1 - benchmark.warmUps(); round <= plan.rounds(); round++) {
                for (Target target : servers.targets()) {
                    BenchReport.Round measured = measure(target, run, round);
                    if (round > 0) {
                        rounds.add(measured);
                    }
                }
            }
        }
        return new BenchReport(
                new BenchReport.Setup(benchmark.name(), benchmark.settings(), server(settings), machine), rounds);
    }

    private BenchReport.Round measure(Target target, String run, int round) throws IOException, InterruptedException {
        ServerUnderTest subject = target.subject();
        Sample sample = benchmark.measure(target, run + "-" + round, stage -> tell(subject, round, stage));
        return new BenchReport.Round(subject, round, sample);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        if (plan.url().isEmpty()) {
            settings.putAll(TokenlyServer.FOR_LOAD);
            settings.putAll(SETTINGS);
            settings.putAll(benchmark.serverSettings());
            settings.putAll(plan.settings());
        }
        return settings;
    }

    /** What is started, and how. */
    private Map<String, String> server(Map<String, String> settings) {
        Map<String, String> server = new TreeMap<>(settings);
        if (plan.url().isEmpty()) {
            server.put("kind", "jetty");
            server.put("heap", Servers.HEAP.option());
        }
        return server;
    }

    private void tell(ServerUnderTest subject, int round, Stage stage) {
        watcher.accept(new BenchProgress(subject, round, stage, watch.get()));
    }
}
