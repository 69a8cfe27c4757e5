package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store.Change;

/** Puts records together and writes them, and cleans up a little after each write. Belongs to the thread that has the turn. */
final class Writer {

    /** One write takes about so much at most: more saves no time, and the first of them waits for the last. */
    private static final int BATCH_BYTES = 1 << 20;

    private static final System.Logger LOG = System.getLogger(Writer.class.getName());

    private final Journal journal;
    private final Batch batch = new Batch();
    private @Nullable Cleaner cleaner; // null once it has met damage

    Writer(Journal journal, Cleaner cleaner) {
        this.journal = journal;
        this.cleaner = cleaner;
    }

    /** Writes one record. */
    void write(List<Change> changes) throws IOException {
        batch.clear();
        batch.add(Entry.of(changes));
        journal.write(batch);
        clean();
    }

    /**
     * Writes what waits in {@code backlog}, as far as one write goes; adds to {@code served} whom it has to answer. Whatever
     * it meets, those who have not failed then are written.
     */
    void write(Backlog backlog, List<Waiting> served) {
        try {
            gather(backlog, served);
            if (batch.isEmpty()) {
                return;
            }
            journal.write(batch);
        } catch (IOException | RuntimeException | Error failure) { // whatever it is, they must hear of it
            served.stream().filter(waiting -> !waiting.hasFailed()).forEach(waiting -> waiting.fail(failure));
            return;
        }
        clean();
    }

    private void gather(Backlog backlog, List<Waiting> served) {
        batch.clear();
        for (Optional<Waiting> next = backlog.poll(); next.isPresent(); next = more(backlog)) {
            served.add(next.get());
            try {
                batch.add(Entry.of(next.get().changes()));
            } catch (RuntimeException | Error failure) { // our bug, or no memory; the others must not suffer
                next.get().fail(failure);
            }
        }
    }

    private Optional<Waiting> more(Backlog backlog) {
        return batch.length() < BATCH_BYTES ? backlog.poll() : Optional.empty();
    }

    /** Whatever it meets, the records are written. */
    private void clean() {
        if (cleaner == null) {
            return;
        }
        try {
            cleaner.work(batch.length());
        } catch (StoreException | RuntimeException damage) { // which would be met again and again
            cleaner = null;
            LOG.log(Level.ERROR, "the store can no longer delete what it does not need", damage);
        } catch (IOException | Error failure) { // which may pass
            LOG.log(Level.WARNING, "the store cannot clean up now", failure);
        }
    }

    void close() throws IOException {
        journal.close();
    }
}
