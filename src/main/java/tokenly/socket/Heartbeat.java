package tokenly.socket;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.CloseCode;
import tokenly.session.Timer;

/**
 * Pings every connection and finds the ones that are lost without a word: half-open, stopped, or stalled; and those that
 * hold no session. Thread-safe.
 */
final class Heartbeat {

    private final HeartbeatTimes times;
    private final Timer timer;

    Heartbeat(HeartbeatTimes times, Timer timer) {
        this.times = times;
        this.timer = timer;
    }

    /**
     * What one check leaves for the next.
     *
     * @param lastPing when the last ping was sent
     * @param excused no silence counts that began before
     * @param due when the check should take place
     * @param idleSince since when the connection is known to hold no session and to ask for none; null if it does
     */
    private record Beat(
            Duration lastPing,
            Duration excused,
            Duration due,
            @Nullable Duration idleSince) {}

    /** Watches {@code connection} until it is gone; from then on nothing here refers to it. */
    void watch(SocketConnection connection) {
        Duration now = timer.now();
        check(connection, new Beat(now, now, now, now));
    }

    private void check(SocketConnection connection, Beat beat) {
        if (connection.isGone()) {
            return;
        }
        Duration now = timer.now();
        // A check that is so late means that this server was stopped: it could hear no client, so no client was silent.
        boolean wasStopped = now.minus(beat.due()).compareTo(times.interval()) >= 0;
        Duration excused = wasStopped ? now : beat.excused();
        long underWay = Math.max(
                connection.outbox().sending(), connection.outbox().beforeNextAnswer()); // a ping waits behind both
        Duration sendTimeout = HeartbeatTimes.atLeast(times.sendTimeout(), underWay);
        Optional<Duration> sendLimit = wasStopped
                ? Optional.of(now.plus(sendTimeout))
                : connection.pings().sendingSince().map(since -> since.plus(sendTimeout));
        Duration timeout = silenceTimeout(connection, times.timeout());
        Duration silenceLimit = latest(connection.lastHeard(), excused).plus(timeout);
        Optional<Duration> heldLimit = connection.outbox().stuckSince().map(since -> since.plus(timeout));
        Duration idleSince = idleSince(connection, wasStopped ? null : beat.idleSince(), now);
        Duration idleLimit = (idleSince == null ? now : idleSince).plus(times.idleTimeout());
        if (isOver(silenceLimit, now)) {
            connection.lose(CloseCode.HEARTBEAT_TIMEOUT);
        } else if (sendLimit.isPresent() && isOver(sendLimit.get(), now)) {
            connection.lose(CloseCode.TOO_SLOW);
        } else if (isOver(idleLimit, now)) {
            connection.lose(CloseCode.UNUSED);
        } else if (connection.authentication().isRevoked()) {
            connection.expel();
        } else {
            if (sendLimit.isEmpty()
                    && !connection.pings().areUnsent()
                    && heldLimit.filter(limit -> isOver(limit, now)).isPresent()) {
                connection.outbox().stopWaiting(); // it is heard of, but no pings come through
            }
            Duration ping = beat.lastPing();
            if (wasStopped || isOver(ping.plus(times.interval()), now)) {
                // A client that could not be asked yet has not been silent. A send that stalls has a limit of its own.
                excused = connection.pings().send() ? excused : now;
                ping = now;
                silenceLimit = latest(connection.lastHeard(), excused).plus(timeout);
            }
            // A send that has not begun yet cannot have stalled before now + its limit.
            Duration next = earliest(
                    ping.plus(times.interval()),
                    silenceLimit,
                    sendLimit.orElse(now.plus(times.sendTimeout())),
                    idleLimit);
            Beat then = new Beat(ping, excused, next, idleSince);
            connection.nextCheck(timer.after(next.minus(now), () -> check(connection, then)));
        }
    }

    private static @Nullable Duration idleSince(SocketConnection connection, @Nullable Duration before, Duration now) {
        return connection.isIdle() ? Objects.requireNonNullElse(before, now) : null;
    }

    /** How long it may be silent: on a slow link its answer comes behind what it has still to read. */
    private static Duration silenceTimeout(SocketConnection connection, Duration least) {
        return HeartbeatTimes.atLeast(least, connection.outbox().beforeNextAnswer());
    }

    /** Pings {@code connection} now; it is lost if nothing is heard within the probe's limit. */
    void probe(SocketConnection connection) {
        Duration asked = timer.now();
        Duration timeout = silenceTimeout(connection, times.probeTimeout());
        boolean isAsked = connection.pings().send();
        timer.after(timeout, () -> {
            if (connection.isGone() || connection.lastHeard().compareTo(asked) >= 0) {
                return;
            }
            if (isAsked) {
                connection.lose(CloseCode.HEARTBEAT_TIMEOUT);
            } else {
                probe(connection); // the send that stands before the ping has its own limit
            }
        });
    }

    private static boolean isOver(Duration limit, Duration now) {
        return now.compareTo(limit) >= 0;
    }

    private static Duration latest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration earliest(Duration... moments) {
        return Stream.of(moments).min(Duration::compareTo).orElseThrow();
    }
}
