package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tokenly.tool.load.ws.NioClient;
import tokenly.tool.text.UsageException;

/**
 * How fast a fleet comes back: all are cut at once, each misses the same number of messages, and is back when it is resumed and
 * has got them. A plain relay resumes nothing: of it the same number of fresh connections is measured, each of which is there
 * when it has joined its room.
 */
public final class StormBenchmark implements Benchmark {

    private static final int MAX_SESSIONS = 60_000;
    private static final int MAX_MISSED = 1_000;

    private final int sessions;
    private final int missed;

    /**
     * Checks what is to be done.
     *
     * @param sessions 1 to 60,000
     * @param missed messages by each of them, 0 to 1,000
     * @throws UsageException if a figure is out of its range
     */
    public StormBenchmark(int sessions, int missed) {
        UsageException.checkRange("--sessions", sessions, 1, MAX_SESSIONS);
        UsageException.checkRange("--missed", missed, 0, MAX_MISSED);
        this.sessions = sessions;
        this.missed = missed;
    }

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public Map<String, Integer> settings() {
        Map<String, Integer> settings = new LinkedHashMap<>();
        settings.put("sessions", sessions);
        settings.put("missed", missed);
        return settings;
    }

    /** The first crowds after a start cost up to twice as much as the later ones. */
    @Override
    public int warmUps() {
        return 6;
    }

    @Override
    public int connections() {
        return sessions + 1;
    }

    @Override
    public Sample measure(Target target, String run, Consumer<Stage> stage) throws IOException, InterruptedException {
        ServerUnderTest subject = target.subject();
        try (NioClient client = new NioClient(target.rtc(), RandomGenerator.getDefault(), target.options())) {
            BenchFleet fleet = new BenchFleet(subject, client, "load-" + run, sessions);
            Map<Figure, Double> figures =
                    subject == ServerUnderTest.PLAIN ? arrive(fleet, target, stage) : comeBack(fleet, target, stage);
            stage.accept(Stage.ENDING);
            fleet.leave();
            return new Sample(figures, fleet.faults().all());
        }
    }

    private static Map<Figure, Double> arrive(BenchFleet fleet, Target target, Consumer<Stage> stage)
            throws IOException, InterruptedException {
        stage.accept(Stage.MEASURING);
        return enter(fleet, target, 0);
    }

    private Map<Figure, Double> comeBack(BenchFleet fleet, Target target, Consumer<Stage> stage)
            throws IOException, InterruptedException {
        try (Gateway gateway = new Gateway(target, fleet.name(), fleet.size())) {
            stage.accept(Stage.JOINING);
            gateway.enter();
            fleet.enter(0);
            fleet.cut();
            gateway.awaitAway();
            gateway.send(missed);
            stage.accept(Stage.MEASURING);
            Map<Figure, Double> figures = enter(fleet, target, missed);
            fleet.settle();
            return figures;
        }
    }

    private static Map<Figure, Double> enter(BenchFleet fleet, Target target, int messages)
            throws IOException, InterruptedException {
        Cost cost = new Cost(target);
        Duration took = fleet.enter(messages);
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RETURNS_PER_SECOND, fleet.size() / (took.toNanos() / 1e9));
        cost.put(figures, fleet.size());
        return figures;
    }
}
