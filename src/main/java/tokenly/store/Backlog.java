package tokenly.store;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The records that came while another thread was writing, in the order in which they came. Thread-safe. */
final class Backlog {

    /**
     * More waits only for a disk that stands still: some tenths of a second of what one can take, and a small part of a heap
     * of 256 MB, the smallest that a server is run with.
     */
    private static final long MAX_BYTES = 8L << 20;

    private final Queue<PendingAppend> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** Returns false, and forgets it, while too much waits. A record of whatever size is taken when no other waits. */
    boolean offer(PendingAppend waiting) {
        long all = bytes.addAndGet(waiting.bytes());
        if (all > MAX_BYTES && all > waiting.bytes()) {
            bytes.addAndGet(-waiting.bytes());
            return false;
        }
        queue.add(waiting);
        return true;
    }

    Optional<PendingAppend> poll() {
        PendingAppend next = queue.poll();
        if (next != null) {
            bytes.addAndGet(-next.bytes());
        }
        return Optional.ofNullable(next);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }
}
