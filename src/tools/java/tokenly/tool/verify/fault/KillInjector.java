package tokenly.tool.verify.fault;

import tokenly.tool.server.TokenlyServer;
import tokenly.tool.verify.schedule.FaultEvent;

/** Kills the server and starts it again. */
final class KillInjector implements FaultInjector {

    private final FaultTargets stage;

    KillInjector(FaultTargets stage) {
        this.stage = stage;
    }

    @Override
    public void begin(FaultEvent event) {
        stage.ownServer().kill();
        stage.recorder().serverKilled();
    }

    @Override
    public void end(FaultEvent event) {
        TokenlyServer server = stage.ownServer().start();
        stage.recorder().serverStarted(server.wasCleaning());
    }
}
