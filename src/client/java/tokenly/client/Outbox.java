package tokenly.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The signals of one session that the server has not acknowledged, in the order of their numbers. It goes back n: after a
 * {@link #rewind}, all are due again. Its bound is the {@link OutboxLimit}.
 */
final class Outbox {

    /** Signals that may be under way at once: what a burst may cost twice when the server asks to send it again. */
    private static final int WINDOW = 256;

    private final Deque<Entry> underWay = new ArrayDeque<>();
    private final Deque<Entry> due = new ArrayDeque<>();
    private long numbered;
    private long highestSent;
    private long acked;

    /** Whether signals that may have left were given up, so that the number of the next one is not known before the server has said. */
    private boolean isInDoubt;

    private record Entry(long seq, Frames.Draft draft, CompletableFuture<Receipt> receipt) {}

    /** The number of the next signal. */
    long next() {
        return numbered + 1;
    }

    /** The highest number that was given to a signal in this epoch, 0 for none. */
    long numbered() {
        return numbered;
    }

    /** The highest number that the server has acknowledged in this epoch, 0 for none. */
    long acked() {
        return acked;
    }

    /** Whether the server has acknowledged all. */
    boolean isEmpty() {
        return underWay.isEmpty() && due.isEmpty();
    }

    /** Keeps a signal under number {@link #next}. */
    void add(Frames.Draft draft, CompletableFuture<Receipt> receipt) {
        numbered++;
        due.add(new Entry(numbered, draft, receipt));
    }

    /** The next frame to send; empty if none is due, or too many are under way. */
    Optional<String> poll() {
        if (underWay.size() >= WINDOW || due.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = due.remove();
        underWay.add(entry);
        highestSent = Math.max(highestSent, entry.seq);
        return Optional.of(entry.draft.numbered(entry.seq));
    }

    /** All that is not acknowledged is due again. */
    void rewind() {
        while (!underWay.isEmpty()) {
            due.addFirst(underWay.removeLast());
        }
    }

    /** The server answers for all up to {@code received} of {@code epoch} from now on. */
    void acknowledge(String epoch, long received) {
        acked = Math.max(acked, Math.min(received, numbered));
        acknowledge(underWay, epoch, received);
        acknowledge(due, epoch, received);
    }

    private static void acknowledge(Deque<Entry> entries, String epoch, long received) {
        while (!entries.isEmpty() && entries.element().seq <= received) {
            Entry entry = entries.remove();
            entry.receipt.complete(new Receipt(epoch, entry.seq));
        }
    }

    /**
     * On a new connection, the server has all up to {@code received} of {@code epoch}; the rest is due again. Returns how many of the rest
     * were taken to be sent before.
     */
    int goOn(String epoch, long received) {
        rewind();
        if (isInDoubt) {
            renumber(received);
            return 0;
        }
        acknowledge(epoch, received);
        return (int) Math.max(0, highestSent - received);
    }

    /** What is due has never left; it comes right after {@code received}. */
    private void renumber(long received) {
        isInDoubt = false;
        numbered = received;
        highestSent = received;
        acked = Math.max(acked, received);
        List<Entry> unnumbered = List.copyOf(due);
        due.clear();
        unnumbered.forEach(entry -> add(entry.draft, entry.receipt));
    }

    /** Fails all that is left with {@code failure}; the epoch may go on, and what failed is never sent again. */
    void abandon(TokenlyException failure) {
        rewind();
        numbered = Math.max(highestSent, acked); // the numbers of what has never left are free again
        isInDoubt = highestSent > acked;
        failAll(failure);
    }

    private void failAll(TokenlyException failure) {
        while (!due.isEmpty()) {
            due.remove().receipt.completeExceptionally(failure);
        }
    }

    /** A new epoch: fails all that is left with {@code failure}, and counts from 1 again. */
    void restart(TokenlyException failure) {
        rewind();
        numbered = 0;
        highestSent = 0;
        acked = 0;
        isInDoubt = false;
        failAll(failure);
    }
}
