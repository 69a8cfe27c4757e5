package tokenly.tool.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tokenly.tool.load.ws.NioClient;
import tokenly.tool.load.ws.SocketOptions;
import tokenly.tool.server.StatusProbe;

/**
 * {@code tokenly load --connections}: all connect, each with a session of its own; all are dropped at once, without a close
 * frame; all come back; all leave. After each of these phases {@code /status} must show it. Nothing is tried twice. For one
 * thread.
 */
public final class ConnectionsRun {

    /** How many connect at a time: enough to keep a server busy, and not so many that they only queue before it. */
    private static final int AT_ONCE = 200;

    /** How long the status may take to show what has happened to connections. */
    private static final Duration STATUS_LIMIT = Duration.ofSeconds(30);

    private final URI status;
    private final StatusProbe before; // when nothing had been done yet
    private final ConnectionFleet fleet;
    private final Stopwatch watch = new Stopwatch();
    private final Consumer<PhaseRun> watcher;
    private final List<Phase> phases = new ArrayList<>();

    private ConnectionsRun(ConnectionFleet fleet, URI status, StatusProbe before, Consumer<PhaseRun> watcher) {
        this.fleet = fleet;
        this.status = status;
        this.before = before;
        this.watcher = watcher;
    }

    /**
     * Runs once, and leaves nothing behind at the server if that behaves.
     *
     * @param watcher is given each phase as it begins
     * @throws IOException if the server's status cannot even be asked before the first phase
     */
    public static ConnectionsReport of(ConnectionsPlan plan, Consumer<PhaseRun> watcher)
            throws IOException, InterruptedException {
        URI status = plan.statusUrl();
        StatusProbe before = StatusProbe.ask(status);
        SocketOptions options = SocketOptions.PLAIN.withGreeting(plan.token()::utf8);
        try (NioClient client = new NioClient(plan.url(), RandomGenerator.getDefault(), options)) {
            ConnectionsRun run = new ConnectionsRun(new ConnectionFleet(plan, client), status, before, watcher);
            run.go();
            return new ConnectionsReport(plan, run.phases);
        }
    }

    private void go() throws InterruptedException {
        int present = enter(PhaseRun.Kind.CONNECT, 0);
        if (present > 0) {
            drop(present);
            enter(PhaseRun.Kind.RETURN, present);
            leave();
        }
    }

    /** @param present sessions of ours that are at the server already; returns how many are after it */
    private int enter(PhaseRun.Kind kind, int present) throws InterruptedException {
        PhaseRun phase = begin(kind, fleet.outside(), AT_ONCE);
        fleet.enter(phase);
        int sessions = Math.max(present, phase.succeeded());
        end(phase, expect(phase.succeeded() > 0 ? Expectation.CONNECTED : null, sessions));
        return sessions;
    }

    private void drop(int present) throws InterruptedException {
        PhaseRun phase = begin(PhaseRun.Kind.DROP, fleet.inside(), present);
        fleet.drop(phase);
        endOnceSeen(phase, expect(unlessOthersAre(Expectation.RECONNECTING), present));
    }

    private void leave() throws InterruptedException {
        int inside = fleet.inside();
        PhaseRun phase = begin(PhaseRun.Kind.LEAVE, inside, Math.max(1, inside));
        fleet.leave(phase);
        boolean wasEmpty = before.activeSessions() == 0;
        endOnceSeen(phase, expect(wasEmpty ? unlessOthersAre(Expectation.DISCONNECTED) : null, 0));
    }

    /** {@code state}, or null for any while another client's connection hides it. */
    private @Nullable String unlessOthersAre(String state) {
        return before.state().equals(Expectation.CONNECTED) ? null : state;
    }

    /** @param ours sessions of this run */
    private Expectation expect(@Nullable String state, int ours) {
        return new Expectation(state, before.activeSessions() + ours);
    }

    private PhaseRun begin(PhaseRun.Kind kind, int count, int atOnce) {
        PhaseRun phase = new PhaseRun(kind, count, atOnce, watch);
        watcher.accept(phase);
        return phase;
    }

    /** For what the server must notice: the phase is over when its status shows it. */
    private void endOnceSeen(PhaseRun phase, Expectation expected) {
        Optional<StatusProbe> seen = expected.await(status, STATUS_LIMIT);
        phases.add(phase.end(phase.elapsed(), new Phase.Check(expected, seen)));
    }

    /** For what the server has answered: its status must show it by now. */
    private void end(PhaseRun phase, Expectation expected) {
        Duration elapsed = phase.elapsed();
        Optional<StatusProbe> seen = expected.await(status, Duration.ZERO);
        phases.add(phase.end(elapsed, new Phase.Check(expected, seen)));
    }
}
