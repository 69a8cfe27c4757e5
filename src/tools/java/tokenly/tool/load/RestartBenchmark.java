package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tokenly.tool.load.ws.NioClient;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.text.UsageException;

/**
 * How long a server that was killed takes until it serves again, with all sessions waiting and their signals in their
 * mailboxes; and how long the same server takes with an empty store.
 */
public final class RestartBenchmark implements Benchmark {

    private static final int MAX_SESSIONS = 10_000;
    private static final int MAX_EACH = 9_000; // below the bound of a mailbox (PROTOCOL.md, "Framing")
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final int sessions;
    private final int each;
    private boolean isFilled;

    /**
     * Checks what is to be done.
     *
     * @param records signals in all mailboxes together; a whole number of them in each
     * @param sessions whose mailboxes these are, 1 to 10,000
     * @throws UsageException if a figure is out of its range
     */
    public RestartBenchmark(int records, int sessions) {
        UsageException.checkRange("--sessions", sessions, 1, MAX_SESSIONS);
        UsageException.checkRange("--records", records, sessions, MAX_EACH * sessions);
        this.sessions = sessions;
        this.each = records / sessions;
    }

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public Map<String, Integer> settings() {
        Map<String, Integer> settings = new LinkedHashMap<>();
        settings.put("records", sessions * each);
        settings.put("sessions", sessions);
        return settings;
    }

    /** No session's window is to run out between two rounds. */
    @Override
    public Map<String, String> serverSettings() {
        return Map.of("TOKENLY_RESUME_WINDOW_MS", "3600000");
    }

    @Override
    public List<ServerUnderTest> subjects(boolean isCompared) {
        return List.of(ServerUnderTest.EMPTY, ServerUnderTest.TOKENLY);
    }

    @Override
    public int connections() {
        return sessions + 1;
    }

    @Override
    public Sample measure(Target target, String run, Consumer<Stage> stage) throws IOException, InterruptedException {
        TokenlyServer server = target.own().orElseThrow(() -> new IllegalStateException("a server of others"));
        boolean isFull = target.subject() == ServerUnderTest.TOKENLY;
        if (isFull && !isFilled) {
            stage.accept(Stage.JOINING);
            fill(target, run);
        } else {
            server.kill();
        }
        stage.accept(Stage.MEASURING);
        Stopwatch watch = new Stopwatch();
        server.launch();
        target.awaitWaiting(isFull ? 2 * sessions : 0, LIMIT); // a receiver and a sender in each room
        double seconds = watch.nanos() / 1e9;
        return new Sample(Map.of(Figure.START_SECONDS, seconds), new FailureCounts().all());
    }

    /** Kills it when all is in its store. */
    private void fill(Target target, String run) throws IOException, InterruptedException {
        TokenlyServer server = target.own().orElseThrow();
        try (NioClient client = new NioClient(target.rtc(), RandomGenerator.getDefault(), target.options());
                Gateway gateway = new Gateway(target, "load-" + run, sessions)) {
            BenchFleet fleet = new BenchFleet(target.subject(), client, "load-" + run, sessions);
            gateway.enter();
            fleet.enter(0);
            fleet.cut();
            gateway.awaitAway();
            gateway.send(each);
            server.kill();
        }
        isFilled = true;
    }
}
