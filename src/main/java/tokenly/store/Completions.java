package tokenly.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who wait that their records are written. That runs their code, which may write again, and so serve others
 * again: what such a nested call has to tell is told after the outer one, so that the stack does not grow. Thread-safe; each
 * thread tells its own.
 */
final class Completions {

    private static final ThreadLocal<@Nullable Deque<PendingAppend>> UNDER_WAY =
            new ThreadLocal<>(); // set only while it tells

    private Completions() {}

    static void give(Collection<PendingAppend> answered) {
        Deque<PendingAppend> outer = UNDER_WAY.get();
        if (outer != null) {
            outer.addAll(answered);
            return;
        }
        Deque<PendingAppend> deque = new ArrayDeque<>(answered);
        UNDER_WAY.set(deque);
        try {
            for (PendingAppend next = deque.poll(); next != null; next = deque.poll()) {
                next.answer();
            }
        } finally {
            UNDER_WAY.remove();
        }
    }
}
