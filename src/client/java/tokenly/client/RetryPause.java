package tokenly.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Sessions that wait a little before they send again what the server could not take. One timer, however many sessions. */
final class RetryPause {

    /** The first pause of a session that the server asks for none, and the longest: each is twice the one before. */
    private static final Duration FIRST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofMillis(3_200);

    private final Timer timer;
    private final Map<Session, Duration> lengths = new HashMap<>(); // of the next pause, where it is not the first
    private final Map<Session, Waiting> waiting = new HashMap<>();
    private final Queue<Waiting> byEnd =
            new PriorityQueue<>(Comparator.comparing(Waiting::until)); // and some that wait no more
    private Timer.@Nullable Task due; // the first end; not null exactly while there is one

    private record Waiting(Session session, Duration until) {}

    RetryPause(Timer timer) {
        this.timer = timer;
    }

    /**
     * {@code session} is to wait for as long as the server {@code asked}, or else for twice as long as the last time. Does nothing if it waits
     * already, unless the server asks for longer.
     */
    void begin(Session session, Optional<Duration> asked) {
        Duration usual = lengths.getOrDefault(session, FIRST);
        Waiting next = new Waiting(session, timer.now().plus(asked.orElse(usual)));
        Waiting before = waiting.get(session);
        if (before != null && (asked.isEmpty() || next.until().compareTo(before.until()) <= 0)) {
            return;
        }
        if (asked.isEmpty()) {
            Duration twice = usual.multipliedBy(2);
            lengths.put(session, twice.compareTo(LONGEST) < 0 ? twice : LONGEST);
        }
        waiting.put(session, next);
        byEnd.add(next);
        if (next.equals(byEnd.peek())) {
            await();
        }
    }

    /** The server has taken something of {@code session}: its next pause is the first again. */
    void relax(Session session) {
        lengths.remove(session);
    }

    boolean holds(Session session) {
        return waiting.containsKey(session);
    }

    private void await() {
        if (due != null) {
            due.cancel();
        }
        Waiting first = byEnd.peek();
        due = first == null ? null : timer.after(left(first), this::end);
    }

    private Duration left(Waiting one) {
        Duration left = one.until().minus(timer.now());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void end() {
        for (Waiting first = byEnd.peek(); first != null && left(first).isZero(); first = byEnd.peek()) {
            byEnd.remove();
            if (waiting.remove(first.session(), first)) {
                first.session().sendAgain();
            }
        }
        await();
    }

    void forget(Session session) {
        waiting.remove(session);
    }

    /** The connection is gone: sessions that waited begin anew on the next. */
    void clear() {
        waiting.clear();
        byEnd.clear();
        await();
    }
}
