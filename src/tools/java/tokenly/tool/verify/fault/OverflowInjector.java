package tokenly.tool.verify.fault;

import tokenly.tool.verify.schedule.FaultEvent;

/** Cuts a group off and lets the peers of one of it fill its mailbox over its bound. */
final class OverflowInjector implements FaultInjector {

    private final FaultTargets stage;
    private final FaultInjector blackhole;

    OverflowInjector(FaultTargets stage, FaultInjector blackhole) {
        this.stage = stage;
        this.blackhole = blackhole;
    }

    @Override
    public void begin(FaultEvent event) {
        blackhole.begin(event);
        int session = event.sessions().get(event.number() % event.sessions().size());
        stage.workload().flood(session, stage.mailboxMessages() + stage.mailboxMessages() / 2);
    }

    @Override
    public void end(FaultEvent event) {
        blackhole.end(event);
    }
}
