package tokenly.tool.verify.fault;

import tokenly.tool.verify.schedule.FaultEvent;

/** Stops the server in good order and starts it again. */
final class RestartInjector implements FaultInjector {

    private final FaultTargets stage;

    RestartInjector(FaultTargets stage) {
        this.stage = stage;
    }

    @Override
    public void begin(FaultEvent event) {
        stage.recorder().serverStopping();
        stage.ownServer().stop();
        stage.recorder().serverStopped();
    }

    @Override
    public void end(FaultEvent event) {
        stage.ownServer().start();
        stage.recorder().serverStarted(false);
    }
}
