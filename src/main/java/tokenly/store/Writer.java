package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store.Change;
import tokenly.store.AppendQueue.PendingAppend;

/** Puts records together and writes them, and cleans up a little after each write. Belongs to the thread that has the write permit. */
final class Writer {

    /** One write takes about so much at most: more saves no time, and the first of them waits for the last. */
    private static final int BATCH_BYTES = 1 << 20;

    private static final System.Logger LOG = System.getLogger(Writer.class.getName());

    private final Journal journal;
    private final RecordBatch batch = new RecordBatch();
    private final Segments segments;
    private @Nullable Cleaner cleaner; // null once it has met damage
    private @Nullable Segment stuck; // not null while it cannot be cleaned

    Writer(Journal journal, Cleaner cleaner, Segments segments) {
        this.journal = journal;
        this.cleaner = cleaner;
        this.segments = segments;
    }

    /** Writes one record. */
    void write(List<Change> changes) throws IOException {
        batch.clear();
        batch.add(Entry.of(changes));
        journal.write(batch);
        clean();
    }

    /**
     * Writes what waits in {@code queue}, as far as one write goes; adds to {@code served} whom it has to answer. Whatever
     * it meets, those who have not failed then are written.
     */
    void write(AppendQueue queue, List<PendingAppend> served) {
        try {
            gather(queue, served);
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

    private void gather(AppendQueue queue, List<PendingAppend> served) {
        batch.clear();
        for (Optional<PendingAppend> next = queue.poll(); next.isPresent(); next = more(queue)) {
            served.add(next.get());
            try {
                batch.add(Entry.of(next.get().changes));
            } catch (RuntimeException | Error failure) { // our bug, or no memory; the others must not suffer
                next.get().fail(failure);
            }
        }
    }

    private Optional<PendingAppend> more(AppendQueue queue) {
        return batch.length() < BATCH_BYTES ? queue.poll() : Optional.empty();
    }

    /** Whatever it meets, the records are written. */
    private void clean() {
        if (cleaner == null) {
            return;
        }
        try {
            cleaner.work(batch.length());
            noteEnd();
        } catch (StoreException | RuntimeException damage) { // which would be met again and again
            cleaner = null;
            LOG.log(Level.ERROR, "the store can no longer delete what it does not need", damage);
        } catch (IOException | Error failure) { // which may pass
            note(failure);
        }
    }

    /** Of a trouble that lasts only the beginning and the end are news. */
    private void note(Throwable failure) {
        Level level = stuck == null ? Level.WARNING : Level.DEBUG;
        stuck = segments.oldest();
        LOG.log(level, "the store cannot clean up now", failure);
    }

    /** Not every share of the work does something; but what was in the way is no longer once its segment is gone. */
    private void noteEnd() {
        if (stuck != null && stuck != segments.oldest()) {
            stuck = null;
            LOG.log(Level.INFO, "the store cleans up again");
        }
    }

    void close() throws IOException {
        journal.close();
    }
}
