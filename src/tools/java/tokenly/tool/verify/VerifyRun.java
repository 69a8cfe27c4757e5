package tokenly.tool.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tokenly.tool.Polling;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.load.Stopwatch;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.verify.check.Check;
import tokenly.tool.verify.clients.ClientFleet;
import tokenly.tool.verify.clients.Routes;
import tokenly.tool.verify.clients.SignalGenerator;
import tokenly.tool.verify.fault.FaultRunner;
import tokenly.tool.verify.fault.FaultTargets;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.Topology;
import tokenly.tool.verify.schedule.FaultSchedule;

/** One run, from the start of its server to the end of its clients. For one thread. */
public final class VerifyRun implements AutoCloseable {

    /** Nothing is processed for so long when all has arrived. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final VerifyPlan plan;
    private final RunServer server;
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final History history;
    private final Recorder recorder;
    private final Supplier<Duration> now = new Stopwatch();

    /** Starts the server, if the plan names none. */
    public VerifyRun(VerifyPlan plan) {
        this.plan = plan;
        this.server = plan.rtc()
                .map(RunServer::given)
                .orElseGet(() -> plan.nodes() > 0 ? RunServer.startCluster(plan.nodes()) : RunServer.start());
        FaultSchedule schedule = FaultSchedule.of(plan.seed(), plan.length(), plan.sessions(), plan.kinds());
        Duration begun = now.get();
        this.history = new History(
                new Topology(plan.sessions(), plan.roomsOf()),
                server.terms(),
                schedule,
                () -> now.get().minus(begun));
        this.recorder = new Recorder(history);
    }

    /** What has happened so far. */
    public History history() {
        return history;
    }

    /**
     * Runs it.
     *
     * @param run names its sessions and rooms
     * @param watcher is told what goes on, now and then
     * @throws IOException if the fault proxies cannot listen
     */
    public Verdict go(String run, Consumer<Progress> watcher) throws IOException {
        for (int group = 0; group < history.schedule().groups(); group++) {
            proxies.add(FaultProxy.start(0, server.address(group)));
        }
        try (StatusWatch status = new StatusWatch(StatusProbe.beside(server.rtc()), history, recorder);
                ClientFleet fleet = new ClientFleet(
                        history,
                        recorder,
                        new Routes(group -> server.through(proxies.get(group).port()), server.rtc(), plan.token()),
                        run)) {
            status.start();
            fleet.enter();
            play(fleet, watcher);
            settle(fleet, watcher);
            status.stop();
            status.look();
            fleet.leave();
            status.lookWhenAllHaveLeft();
        }
        return Verdict.on(history);
    }

    private void play(ClientFleet fleet, Consumer<Progress> watcher) {
        SignalGenerator generator = new SignalGenerator(fleet, history.topology(), plan.rate(), plan.seed(), now);
        FaultTargets targets = new FaultTargets(
                history.schedule(),
                fleet,
                generator,
                proxies,
                server.own(),
                server.cluster(),
                server.terms().mailboxMessages(),
                recorder);
        FaultRunner faults = new FaultRunner(targets, now);
        try (generator;
                faults) {
            generator.start();
            faults.start();
            watcher.accept(new Progress(history, faults::now, fleet::pending));
            Polling.pass(plan.length());
        } // the faults first: signals are sent until the last one is over
    }

    /** Waits until all clients are back, nothing is under way, and nothing is missing; what is missing after that is lost. */
    private void settle(ClientFleet fleet, Consumer<Progress> watcher) {
        watcher.accept(new Progress(history, List::of, fleet::pending));
        Rest rest = new Rest();
        boolean isComplete = Polling.until(
                server.settleLimit(),
                () -> fleet.isComplete() && fleet.pending() == 0 && rest.isQuiet() && isAllThere());
        if (isComplete || (fleet.isComplete() && fleet.pending() == 0)) {
            recorder.settled();
        }
    }

    private boolean isAllThere() {
        return Check.nothingLost().of(history).isClean();
    }

    /** Looks whether the history has stopped to grow. */
    private final class Rest {

        private int size = history.size();
        private Duration since = now.get();

        boolean isQuiet() {
            if (Math.abs(history.size() - size) > plan.sessions()) { // heartbeats and status go on
                since = now.get();
            }
            size = history.size();
            return now.get().minus(since).compareTo(QUIET) > 0;
        }
    }

    @Override
    public void close() {
        proxies.forEach(FaultProxy::close);
        server.close();
    }
}
