package tokenly.tool.verify.fault;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tokenly.client.Client;
import tokenly.protocol.CloseCode;
import tokenly.tool.Polling;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.scenario.Signals;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.verify.clients.Crowd;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;

/**
 * Does one kind of fault. Used on one thread for each group of clients, and on one for the server.
 *
 * @param begin returns when the fault is done or under way
 * @param end takes it back
 */
record FaultInjector(Consumer<FaultEvent> begin, Consumer<FaultEvent> end) {

    /** What a connection sent last arrives so late: longer than a client takes to come back, shorter than a heartbeat may be silent. */
    private static final Fault LATE = Fault.parse("upstream:latency=1500ms");

    /** Nothing must reach the client's closed socket, or its answer would end the old connection at once. */
    private static final Fault MUTE = Fault.parse("downstream:timeout=3s");

    /** In which the clients go on sending to a connection whose frames are late. */
    private static final Duration MEANWHILE = Duration.ofMillis(200);

    static FaultInjector of(FaultKind kind, FaultTargets targets) {
        return switch (kind) {
            case RESET -> once(event -> targets.proxy(event).resetAll());
            case PROXY_CLOSE -> once(event -> targets.proxy(event).closeWebSockets(closeCode(event)));
            case BLACKHOLE -> proxy(targets, "blackhole");
            case HALF_OPEN -> proxy(targets, "downstream:timeout=0");
            case LATENCY -> proxy(targets, "latency=300ms,jitter=200ms");
            case SLOW_READER -> proxy(targets, "downstream:bandwidth=4kb");
            case SLOW_LINK -> proxy(targets, "bandwidth=16kb");
            case OVERFLOW -> overflow(targets);
            case CROWD -> crowd(targets);
            case DUPLICATE_RESUME ->
                once(event -> targets.fleet().resumeLate(event.sessions().get(0)));
            case LATE_FRAMES -> once(event -> lateFrames(event, targets));
            case TAKEOVER ->
                once(event -> targets.fleet().takeOver(event.sessions().get(0)));
            case NEW_OWNER ->
                once(event -> targets.fleet().changeOwner(event.sessions().get(0)));
            case FREEZE, LONG_FREEZE ->
                new FaultInjector(
                        event -> Signals.send("STOP", targets.ownServer(event).pid()),
                        event -> Signals.send("CONT", targets.ownServer(event).pid()));
            case RESTART ->
                new FaultInjector(event -> stop(event, targets), event -> {
                    targets.ownServer(event).start();
                    targets.recorder().serverStarted(false);
                });
            case KILL ->
                new FaultInjector(event -> kill(event, targets), event -> {
                    TokenlyServer server = targets.ownServer(event).start();
                    targets.recorder().serverStarted(server.wasCleaning());
                });
            case FAILOVER -> once(event -> targets.ownCluster().failOver());
            case DATABASE_AWAY ->
                new FaultInjector(
                        event -> targets.ownCluster().database().signal("STOP"),
                        event -> targets.ownCluster().database().signal("CONT"));
        };
    }

    private static FaultInjector once(Consumer<FaultEvent> begin) {
        return new FaultInjector(begin, event -> {});
    }

    /** Proxies close with 1000, or without a code. */
    private static OptionalInt closeCode(FaultEvent event) {
        return event.number() % 2 == 0 ? OptionalInt.of(CloseCode.NORMAL.number()) : OptionalInt.empty();
    }

    /** A fault of the proxy before the group, in the form of {@link Fault#parse}. */
    private static FaultInjector proxy(FaultTargets targets, String expression) {
        Fault fault = Fault.parse(expression);
        return new FaultInjector(
                event -> targets.proxy(event).add(fault),
                event -> targets.proxy(event).remove(fault.name()));
    }

    /** Cuts a group off and lets the peers of one of its sessions fill that mailbox over its bound. */
    private static FaultInjector overflow(FaultTargets targets) {
        FaultInjector blackhole = proxy(targets, "blackhole");
        return new FaultInjector(
                event -> {
                    blackhole.begin.accept(event);
                    int session = event.sessions()
                            .get(event.number() % event.sessions().size());
                    targets.generator().flood(session, targets.mailboxMessages() + targets.mailboxMessages() / 2);
                },
                blackhole.end);
    }

    private static FaultInjector crowd(FaultTargets targets) {
        AtomicReference<Crowd> crowd = new AtomicReference<>();
        return new FaultInjector(
                event -> crowd.set(targets.fleet().crowd(event.sessions())),
                event -> Objects.requireNonNull(crowd.get()).leave());
    }

    /**
     * Holds back what the group's connections send, and has the clients cut them and come back: the end of each old connection,
     * and what it sent last, reach the server after the new one has resumed.
     */
    private static void lateFrames(FaultEvent event, FaultTargets targets) {
        FaultProxy proxy = targets.proxy(event);
        proxy.addToPresent(LATE);
        proxy.addToPresent(MUTE);
        Polling.pass(MEANWHILE);
        targets.fleet().clients(event.sessions()).forEach(Client::abort);
    }

    private static void stop(FaultEvent event, FaultTargets targets) {
        targets.recorder().serverStopping();
        targets.ownServer(event).stop();
        targets.recorder().serverStopped();
    }

    private static void kill(FaultEvent event, FaultTargets targets) {
        targets.ownServer(event).kill();
        targets.recorder().serverKilled();
    }
}
