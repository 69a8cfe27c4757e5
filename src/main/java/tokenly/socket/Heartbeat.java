package tokenly.socket;

import java.time.Duration;
import tokenly.session.Timer;
import tokenly.wire.CloseCode;

/** Pings every connection and finds the ones that are lost without a word: half-open, stopped, or stalled. Thread-safe. */
final class Heartbeat {

    private final HeartbeatTimes times;
    private final Timer timer;

    Heartbeat(HeartbeatTimes times, Timer timer) {
        this.times = times;
        this.timer = timer;
    }

    /** Watches {@code connection} until it is gone. */
    void watch(SocketConnection connection) {
        check(connection, timer.now());
    }

    private void check(SocketConnection connection, Duration lastPing) {
        if (connection.isGone()) {
            return;
        }
        Duration now = timer.now();
        Duration lostAt = connection.lastHeard().plus(times.timeout());
        if (now.compareTo(lostAt) >= 0) {
            connection.lose(CloseCode.HEARTBEAT_TIMEOUT);
            return;
        }
        if (isStalled(connection, now)) {
            connection.lose(CloseCode.TOO_SLOW);
            return;
        }
        boolean isPingDue = now.compareTo(lastPing.plus(times.interval())) >= 0;
        if (isPingDue) {
            connection.ping();
        }
        Duration ping = isPingDue ? now : lastPing;
        Duration nextPing = ping.plus(times.interval());
        Duration next = nextPing.compareTo(lostAt) < 0 ? nextPing : lostAt;
        timer.after(next.minus(now), () -> check(connection, ping));
    }

    private boolean isStalled(SocketConnection connection, Duration now) {
        return connection
                .sendingSince()
                .filter(since -> now.minus(since).compareTo(times.sendTimeout()) >= 0)
                .isPresent();
    }

    /** Pings {@code connection} now; it is lost if nothing is heard within the probe's limit. */
    void probe(SocketConnection connection) {
        Duration asked = timer.now();
        connection.ping();
        timer.after(times.probeTimeout(), () -> {
            if (connection.lastHeard().compareTo(asked) < 0) {
                connection.lose(CloseCode.HEARTBEAT_TIMEOUT);
            }
        });
    }
}
