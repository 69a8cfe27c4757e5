package tokenly.socket;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tokenly.session.SessionId;
import tokenly.session.Timer;
import tokenly.wire.Encoder;

/**
 * The acks that the server owes, of all connections: collected for a moment, so that a busy sender gets one frame for many
 * signals, and one timer serves everybody. Each connection has its own moment: all acks at once would keep signals waiting.
 * Thread-safe.
 */
final class Acknowledgements {

    /** The longest that an ack is kept back (PROTOCOL.md, "Sending"). */
    static final Duration LATEST = Duration.ofMillis(20);

    /** A connection that is due so soon is served now. */
    private static final Duration SLACK = Duration.ofNanos(500_000);

    /** Sessions in one frame, so that it stays about as small as one from a client. */
    private static final int SESSIONS_PER_FRAME = 500;

    private final Timer timer;
    private final Map<SocketConnection, Debt> owed =
            new LinkedHashMap<>(); // guarded by this; what is due first comes first
    private boolean isAwaited; // guarded by this; the timer will flush

    /**
     * What one connection is owed.
     *
     * @param due in the timer's time
     */
    private record Debt(Duration due, Map<SessionId, Long> acceptedSeqs) {

        /** Or so soon that it is not worth another look. */
        boolean isDue(Duration now) {
            return due.compareTo(now.plus(SLACK)) <= 0;
        }
    }

    Acknowledgements(Timer timer) {
        this.timer = timer;
    }

    /** All signals of {@code session} up to {@code acceptedSeq} are written, which {@code connection} is to be told. */
    void add(SocketConnection connection, SessionId session, long acceptedSeq) {
        boolean isFirst;
        synchronized (this) {
            isFirst = !isAwaited;
            isAwaited = true;
            owed.computeIfAbsent(connection, none -> new Debt(timer.now().plus(LATEST), new LinkedHashMap<>(2)))
                    .acceptedSeqs()
                    .merge(session, acceptedSeq, Math::max);
        }
        if (isFirst) {
            timer.after(LATEST, this::flush);
        }
    }

    /** {@code session} begins a new epoch on {@code connection}: none of its numbers means anything there any more. */
    synchronized void forget(SocketConnection connection, SessionId session) {
        Debt debt = owed.get(connection);
        if (debt != null) {
            debt.acceptedSeqs().remove(session);
        }
    }

    private void flush() {
        try {
            for (SocketConnection connection : due()) {
                do {
                    connection.send(() -> take(connection));
                } while (isDue(connection));
            }
        } finally {
            untilNext().ifPresent(delay -> timer.after(delay, this::flush));
        }
    }

    private synchronized List<SocketConnection> due() {
        Duration now = timer.now();
        return owed.entrySet().stream()
                .takeWhile(debt -> debt.getValue().isDue(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    private synchronized boolean isDue(SocketConnection connection) {
        Debt debt = owed.get(connection);
        return debt != null && debt.isDue(timer.now());
    }

    /** How long the next one can wait; empty if there is none, and then no timer runs. */
    private synchronized Optional<Duration> untilNext() {
        isAwaited = !owed.isEmpty();
        return owed.values().stream().findFirst().map(debt -> debt.due().minus(timer.now()));
    }

    /** One frame of what {@code connection} is owed; taken as it is sent, lest it come after the answer that voids it. */
    private synchronized Optional<String> take(SocketConnection connection) {
        Debt debt = owed.get(connection);
        Map<SessionId, Long> rest = debt == null ? Map.of() : debt.acceptedSeqs();
        Map<SessionId, Long> part = new LinkedHashMap<>();
        Iterator<Map.Entry<SessionId, Long>> next = rest.entrySet().iterator();
        while (next.hasNext() && part.size() < SESSIONS_PER_FRAME) {
            Map.Entry<SessionId, Long> entry = next.next();
            part.put(entry.getKey(), entry.getValue());
            next.remove();
        }
        if (rest.isEmpty()) {
            owed.remove(connection);
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(Encoder.ack(part));
    }
}
