package tokenly.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions that wait a little before they send again what the server could not take. One timer, however many sessions. */
final class Pause {

    /** Long enough for a busy room to get on, short enough for a call to be set up. */
    private static final Duration LENGTH = Duration.ofMillis(100);

    private final Timer timer;
    private final Map<Session, Duration> until =
            new LinkedHashMap<>(); // the earliest first, since all wait equally long
    private Timer.@Nullable Task due; // not null exactly while somebody waits

    Pause(Timer timer) {
        this.timer = timer;
    }

    /** {@code session} is to wait; does nothing if it does. */
    void begin(Session session) {
        until.putIfAbsent(session, timer.now().plus(LENGTH));
        if (due == null) {
            due = timer.after(LENGTH, this::end);
        }
    }

    boolean holds(Session session) {
        return until.containsKey(session);
    }

    private void end() {
        due = null;
        while (!until.isEmpty()) {
            Map.Entry<Session, Duration> first = until.entrySet().iterator().next();
            Duration left = first.getValue().minus(timer.now());
            if (!left.isNegative() && !left.isZero()) {
                due = timer.after(left, this::end);
                return;
            }
            until.remove(first.getKey());
            first.getKey().sendAgain();
        }
    }

    void forget(Session session) {
        until.remove(session);
    }

    /** The connection is gone: whoever waited begins anew on the next. */
    void clear() {
        until.clear();
    }
}
