package tokenly.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tokenly.session.Message;
import tokenly.session.Store.Change;

/** The appends that came while another thread was writing, in the order in which they came. Thread-safe. */
final class AppendQueue {

    /**
     * More waits only for a disk that stands still: some tenths of a second of what one can take, and a small part of a heap
     * of 256 MB, the smallest that a server is run with.
     */
    private static final long MAX_BYTES = 8L << 20;

    private static final int BYTES_OF_A_CHANGE = 100;

    /** The appends that a thread has still to complete; set only while it completes others. */
    private static final ThreadLocal<@Nullable Deque<PendingAppend>> COMPLETING = new ThreadLocal<>();

    private final Queue<PendingAppend> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** Changes that wait to be written as one record, on the way from the thread that brings them to the one that writes. */
    static final class PendingAppend {

        final List<Change> changes;
        private final long bytes;
        private final CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
        private @Nullable Throwable failure; // set by the thread that writes, before it completes the stage

        PendingAppend(List<Change> changes) {
            this.changes = changes;
            this.bytes = bytes(changes);
        }

        /** About what they hold in memory. A message counts once, however many mailboxes it goes to. */
        private static long bytes(List<Change> changes) {
            long bytes = (long) BYTES_OF_A_CHANGE * changes.size();
            Set<Message> messages = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Change change : changes) {
                if (change instanceof Change.Appended appended && messages.add(appended.message())) {
                    bytes += appended.message().size();
                }
            }
            return bytes;
        }

        CompletionStage<@Nullable Void> stage() {
            return written;
        }

        void fail(Throwable cause) {
            failure = cause;
        }

        boolean hasFailed() {
            return failure != null;
        }

        private void complete() {
            if (failure == null) {
                written.complete(null);
            } else {
                written.completeExceptionally(failure);
            }
        }
    }

    /** Returns false, and forgets it, while too much waits. An append of whatever size is taken when no other waits. */
    boolean offer(PendingAppend append) {
        long all = bytes.addAndGet(append.bytes);
        if (all > MAX_BYTES && all > append.bytes) {
            bytes.addAndGet(-append.bytes);
            return false;
        }
        queue.add(append);
        return true;
    }

    Optional<PendingAppend> poll() {
        PendingAppend next = queue.poll();
        if (next != null) {
            bytes.addAndGet(-next.bytes);
        }
        return Optional.ofNullable(next);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /**
     * Completes the stages of {@code appends}. That runs code of those that wait, which may append again, and so complete
     * others: what such a nested call has to complete comes after the outer call's own, so that the stack does not grow.
     */
    static void complete(Collection<PendingAppend> appends) {
        Deque<PendingAppend> outer = COMPLETING.get();
        if (outer != null) {
            outer.addAll(appends);
            return;
        }
        Deque<PendingAppend> completing = new ArrayDeque<>(appends);
        COMPLETING.set(completing);
        try {
            for (PendingAppend next = completing.poll(); next != null; next = completing.poll()) {
                next.complete();
            }
        } finally {
            COMPLETING.remove();
        }
    }
}
