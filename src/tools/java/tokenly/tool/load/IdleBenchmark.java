package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tokenly.tool.load.ws.NioClient;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.text.UsageException;

/** What sessions cost that do nothing: connected, and then, all cut at once, waiting. Each is alone in its room. */
public final class IdleBenchmark implements Benchmark {

    private static final int MAX_SESSIONS = 60_000;

    /** Come and go before, so that what a server makes once is there. */
    private static final int FIRST_GUESTS = 200;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final int sessions;

    /**
     * Checks what is to be done.
     *
     * @param sessions 1 to 60,000
     * @throws UsageException if that is out of its range
     */
    public IdleBenchmark(int sessions) {
        UsageException.checkRange("--sessions", sessions, 1, MAX_SESSIONS);
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Map<String, Integer> settings() {
        return Map.of("sessions", sessions);
    }

    @Override
    public int connections() {
        return sessions + FIRST_GUESTS;
    }

    /** @throws UsageException if the server's process is not known */
    @Override
    public Sample measure(Target target, String run, Consumer<Stage> stage) throws IOException, InterruptedException {
        stage.accept(Stage.STARTING);
        target.own().ifPresent(IdleBenchmark::startAnew);
        ServerUnderTest subject = target.subject();
        try (NioClient client = new NioClient(target.rtc(), RandomGenerator.getDefault(), target.options())) {
            stage.accept(Stage.JOINING);
            BenchFleet guests = new BenchFleet(subject, client, "load-" + run + "-guest", FIRST_GUESTS);
            guests.enter(0);
            guests.leave();
            Memory before = memory(target);
            BenchFleet fleet = new BenchFleet(subject, client, "load-" + run, sessions);
            fleet.enter(0);
            stage.accept(Stage.MEASURING);
            Map<Figure, Double> figures = connected(before, memory(target));
            if (subject != ServerUnderTest.PLAIN) {
                fleet.cut();
                target.awaitWaiting(sessions, LIMIT);
                figures.put(
                        Figure.WAITING_HEAP_BYTES,
                        each(before.heapBytes(), memory(target).heapBytes()));
                fleet.enter(0);
            }
            stage.accept(Stage.ENDING);
            fleet.leave();
            return new Sample(figures, fleet.faults().all());
        }
    }

    /** A process keeps what it once got from the system, and would show that to the next round. */
    private static void startAnew(TokenlyServer server) {
        server.stop();
        server.start();
    }

    private static Memory memory(Target target) throws IOException, InterruptedException {
        OptionalLong pid = target.pid();
        return Memory.of(pid.orElseThrow(() -> new UsageException("needs_pid", "load idle")));
    }

    private Map<Figure, Double> connected(Memory before, Memory after) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CONNECTED_HEAP_BYTES, each(before.heapBytes(), after.heapBytes()));
        if (before.residentBytes().isPresent() && after.residentBytes().isPresent()) {
            figures.put(
                    Figure.CONNECTED_RESIDENT_BYTES,
                    each(
                            before.residentBytes().getAsLong(),
                            after.residentBytes().getAsLong()));
        }
        return figures;
    }

    private double each(long before, long after) {
        return (after - before) / (double) sessions;
    }
}
