package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All connect, each with a session of its own; all are dropped at once, without a close frame; all come back; all leave.
 * After each of these {@code /status} must say so. Nothing is tried twice.
 */
public final class ConnectionsWorkload implements Workload {

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public Result run(Plan plan, Tools tools) throws IOException, InterruptedException {
        List<Phase> phases = new Run(plan, tools, tools.status().ask()).go();
        return new Result(name(), plan, phases);
    }

    private static final class Run {

        /** How many connect at a time: enough to keep a server busy, and not so many that they only queue before it. */
        private static final int AT_ONCE = 200;

        /** How long the status may take to show what has happened to connections. */
        private static final Duration STATUS_LIMIT = Duration.ofSeconds(30);

        private final Tools tools;
        private final ServerStatus before;
        private final ConnectionFleet fleet;
        private final List<Phase> phases = new ArrayList<>();

        /** @param before what the status said when nothing had been done yet */
        Run(Plan plan, Tools tools, ServerStatus before) {
            this.tools = tools;
            this.before = before;
            this.fleet = new ConnectionFleet(plan, tools.client());
        }

        List<Phase> go() throws InterruptedException {
            int present = enter(Round.Kind.CONNECT, 0);
            if (present > 0) {
                drop(present);
                enter(Round.Kind.RETURN, present);
                leave();
            }
            return phases;
        }

        /** @param present sessions of ours that are at the server already; returns how many are after it */
        private int enter(Round.Kind kind, int present) throws InterruptedException {
            Round round = begin(kind, fleet.outside(), AT_ONCE);
            fleet.enter(round);
            int sessions = Math.max(present, round.succeeded());
            end(round, expect(round.succeeded() > 0 ? ServerStatus.CONNECTED : null, sessions));
            return sessions;
        }

        private void drop(int present) throws InterruptedException {
            Round round = begin(Round.Kind.DROP, fleet.inside(), present);
            fleet.drop(round);
            endOnceSeen(round, expect(unlessOthersAre(ServerStatus.RECONNECTING), present));
        }

        private void leave() throws InterruptedException {
            int inside = fleet.inside();
            Round round = begin(Round.Kind.LEAVE, inside, Math.max(1, inside));
            fleet.leave(round);
            boolean wasEmpty = before.activeSessions() == 0;
            endOnceSeen(round, expect(wasEmpty ? unlessOthersAre(ServerStatus.DISCONNECTED) : null, 0));
        }

        /** {@code state}, or null for any while another client's connection hides it. */
        private @Nullable String unlessOthersAre(String state) {
            return before.isConnected() ? null : state;
        }

        /** @param ours sessions of this run */
        private Expectation expect(@Nullable String state, int ours) {
            return new Expectation(state, before.activeSessions() + ours);
        }

        private Round begin(Round.Kind kind, int count, int atOnce) {
            Round round = new Round(kind, count, atOnce, tools.now());
            tools.watcher().accept(round);
            return round;
        }

        /** For what the server must notice: the round is over when its status shows it. */
        private void endOnceSeen(Round round, Expectation expected) {
            ServerStatus seen = tools.status().await(expected, STATUS_LIMIT);
            phases.add(round.end(round.elapsed(), new Phase.Check(expected, seen)));
        }

        /** For what the server has answered: its status must show it by now. */
        private void end(Round round, Expectation expected) {
            Duration elapsed = round.elapsed();
            ServerStatus seen = tools.status().await(expected, Duration.ZERO);
            phases.add(round.end(elapsed, new Phase.Check(expected, seen)));
        }
    }
}
