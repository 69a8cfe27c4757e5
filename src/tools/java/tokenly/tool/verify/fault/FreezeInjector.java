package tokenly.tool.verify.fault;

import tokenly.tool.scenario.Signals;
import tokenly.tool.verify.schedule.FaultEvent;

/** Stops the server's process for a while. */
final class FreezeInjector implements FaultInjector {

    private final FaultTargets stage;

    FreezeInjector(FaultTargets stage) {
        this.stage = stage;
    }

    @Override
    public void begin(FaultEvent event) {
        Signals.send("STOP", stage.ownServer().pid());
    }

    @Override
    public void end(FaultEvent event) {
        Signals.send("CONT", stage.ownServer().pid());
    }
}
