package tokenly.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Sessions that wait a little before they send again what the server could not take. One timer, however many sessions. */
final class RetryPause {

    private final Timer timer;
    private final Map<Session, Waiting> waiting = new HashMap<>();
    private final Queue<Waiting> byEnd =
            new PriorityQueue<>(Comparator.comparing(Waiting::until)); // and some that wait no more
    private Timer.@Nullable Task due; // the first end; not null exactly while there is one

    private record Waiting(Session session, Duration until) {}

    RetryPause(Timer timer) {
        this.timer = timer;
    }

    /**
     * {@code session} is to wait. Returns false if it waits already: as long as the server has asked for, or at all where it has
     * not asked.
     */
    boolean begin(Session session, Duration length, boolean isAsked) {
        Waiting next = new Waiting(session, timer.now().plus(length));
        Waiting before = waiting.get(session);
        if (before != null && (!isAsked || next.until().compareTo(before.until()) <= 0)) {
            return false;
        }
        waiting.put(session, next);
        byEnd.add(next);
        if (next.equals(byEnd.peek())) {
            await();
        }
        return true;
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
