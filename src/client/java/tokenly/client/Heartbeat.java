package tokenly.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection: asks with a {@code ping} when nothing was heard for an interval, and says that it is lost when nothing
 * was heard for the timeout. One timer, whatever comes.
 */
final class Heartbeat {

    private final Timer timer;
    private final Policy times;
    private final Runnable ping;
    private final Runnable lost;
    private Duration lastHeard;
    private Timer.@Nullable Task check;

    /** Begins to watch. */
    Heartbeat(Timer timer, Policy times, Runnable ping, Runnable lost) {
        this.timer = timer;
        this.times = times;
        this.ping = ping;
        this.lost = lost;
        this.lastHeard = timer.now();
        this.check = timer.after(first(times), this::check);
    }

    private static Duration first(Policy times) {
        return shorter(times.heartbeatInterval(), times.heartbeatTimeout());
    }

    void heard() {
        lastHeard = timer.now();
    }

    void stop() {
        if (check != null) {
            check.cancel();
            check = null;
        }
    }

    private void check() {
        Duration silence = timer.now().minus(lastHeard);
        if (silence.compareTo(times.heartbeatTimeout()) >= 0) {
            check = null;
            lost.run();
            return;
        }
        Duration next = times.heartbeatInterval().minus(silence);
        if (next.isNegative() || next.isZero()) {
            ping.run();
            next = times.heartbeatInterval();
        }
        check = timer.after(shorter(next, times.heartbeatTimeout().minus(silence)), this::check);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
