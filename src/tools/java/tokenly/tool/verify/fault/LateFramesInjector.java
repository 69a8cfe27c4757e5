package tokenly.tool.verify.fault;

import java.time.Duration;
import tokenly.client.Client;
import tokenly.tool.Polling;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.verify.schedule.FaultEvent;

/**
 * Holds back what the group's connections send, and has the clients cut them and come back: the end of each old connection,
 * and what it sent last, reach the server after the new one has resumed.
 */
final class LateFramesInjector implements FaultInjector {

    /** Longer than a client takes to come back, shorter than a heartbeat may be silent. */
    private static final Fault LATE = Fault.parse("upstream:latency=1500ms");

    /** Nothing must reach the client's closed socket, or its answer would end the old connection at once. */
    private static final Fault MUTE = Fault.parse("downstream:timeout=3s");

    /** In which the clients go on sending. */
    private static final Duration MEANWHILE = Duration.ofMillis(200);

    private final FaultTargets stage;

    LateFramesInjector(FaultTargets stage) {
        this.stage = stage;
    }

    @Override
    public void begin(FaultEvent event) {
        FaultProxy proxy = stage.proxy(event);
        proxy.addToPresent(LATE);
        proxy.addToPresent(MUTE);
        Polling.pass(MEANWHILE);
        stage.fleet().clients(event.sessions()).forEach(Client::abort);
    }
}
