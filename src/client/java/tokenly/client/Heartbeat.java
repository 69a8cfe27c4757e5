package tokenly.client;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection: asks with a {@code ping} when nothing has moved for an interval, and calls it lost when nothing has moved for the
 * timeout. Bytes of its own that move count, too: a slow link that is busy with them is alive. One timer, whatever comes.
 */
final class Heartbeat {

    /** The slowest link that carries a connection: what its own frame may take is added to each limit (PROTOCOL.md, "Loss and heartbeat"). */
    private static final int BYTES_PER_SECOND = 2_400;

    /** How long a connection that is probed may take to answer. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private final Timer timer;
    private final Policy times;
    private final Supplier<Transport.Progress> sending;
    private final Runnable ping;
    private final Runnable lost;
    private Duration lastMoved;
    private Transport.Progress before = Transport.Progress.NONE; // at the last look
    private Timer.@Nullable Task check;
    private Timer.@Nullable Task probe; // not null exactly while an answer is awaited

    /**
     * Begins to watch.
     *
     * @param sending how far the connection is with what it sends
     * @param ping asks the server for an answer
     * @param lost called once
     */
    Heartbeat(Timer timer, Policy times, Supplier<Transport.Progress> sending, Runnable ping, Runnable lost) {
        this.timer = timer;
        this.times = times;
        this.sending = sending;
        this.ping = ping;
        this.lost = lost;
        this.lastMoved = timer.now();
        this.check = timer.after(shorter(times.heartbeatInterval(), times.heartbeatTimeout()), this::check);
    }

    /** Something has come. */
    void heard() {
        lastMoved = timer.now();
        cancelProbe();
    }

    /** Asks at once, and calls the connection lost if nothing moves for 2 s. Does nothing while it asks already. */
    void probe() {
        if (probe == null) {
            look();
            Duration limit = PROBE_TIMEOUT.plus(ownTime());
            ping.run();
            probe = timer.after(limit, this::unanswered);
        }
    }

    private void unanswered() {
        probe = null;
        if (!look()) {
            end();
        }
    }

    void stop() {
        cancelProbe();
        if (check != null) {
            check.cancel();
            check = null;
        }
    }

    private void cancelProbe() {
        if (probe != null) {
            probe.cancel();
            probe = null;
        }
    }

    private void check() {
        look();
        Duration silence = timer.now().minus(lastMoved);
        Duration left = times.heartbeatTimeout().plus(ownTime()).minus(silence);
        if (left.isNegative() || left.isZero()) {
            end();
            return;
        }
        Duration next = times.heartbeatInterval().minus(silence);
        if (next.isNegative() || next.isZero()) {
            if (before.underWay() == 0) { // else the ping would wait behind that
                ping.run();
            }
            next = times.heartbeatInterval();
        }
        check = timer.after(shorter(next, left), this::check);
    }

    private void end() {
        stop();
        lost.run();
    }

    /**
     * Returns whether bytes of a send that had to wait have moved since the last look. A send that did not wait proves nothing: the
     * system takes it, whether or not the network is there.
     */
    private boolean look() {
        Transport.Progress now = sending.get();
        boolean isMoving = before.underWay() > 0 && now.sent() > before.sent();
        before = now;
        if (isMoving) {
            lastMoved = timer.now();
        }
        return isMoving;
    }

    /** What the send that is under way may take. */
    private Duration ownTime() {
        return Duration.ofMillis(before.underWay() * 1_000L / BYTES_PER_SECOND);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
