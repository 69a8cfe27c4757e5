package tokenly.socket;

import java.time.Duration;
import tokenly.session.Timer;

/** Time that stands still, for many threads. */
final class StillTimer implements Timer {

    @Override
    public Duration now() {
        return Duration.ZERO;
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        return () -> {};
    }
}
