package tokenly.cluster;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tokenly.session.SessionId;
import tokenly.session.Store;

/**
 * The store of one shard, which also has the ids of its sessions entered among those of all shards; where that fails, again later, in
 * order. Thread-safe.
 */
final class IndexedStore implements Store {

    private static final System.Logger LOG = System.getLogger(IndexedStore.class.getName());

    private final Store store;
    private final int shard;
    private final Ownership ownership;
    private final Executor threads;
    private final Queue<Note> notes = new ConcurrentLinkedQueue<>();

    /** Ids that are in use no more, and those that are from now on. */
    private record Note(List<SessionId> ended, List<SessionId> created) {}

    /** @param threads one at a time, in order; may wait for the database */
    IndexedStore(Store store, int shard, Ownership ownership, Executor threads) {
        this.store = store;
        this.shard = shard;
        this.ownership = ownership;
        this.threads = threads;
    }

    @Override
    public CompletionStage<Recovered> recover(long mailboxBytes) {
        return store.recover(mailboxBytes);
    }

    @Override
    public CompletionStage<@Nullable Void> append(List<Change> changes) {
        List<SessionId> ended = ids(changes, Change.Ended.class);
        List<SessionId> created = ids(changes, Change.Created.class);
        CompletionStage<@Nullable Void> written = store.append(changes);
        if (ended.isEmpty() && created.isEmpty()) {
            return written;
        }
        return written.thenRun(() -> note(new Note(ended, created)));
    }

    private void note(Note note) {
        notes.add(note);
        threads.execute(this::enterRest);
    }

    private static List<SessionId> ids(List<Change> changes, Class<? extends Change> kind) {
        for (Change change : changes) {
            if (kind.isInstance(change)) {
                return changes.stream()
                        .filter(kind::isInstance)
                        .map(Change::session)
                        .toList();
            }
        }
        return List.of();
    }

    /** Enters what could not be entered before. To be called now and then, on a thread of its own. */
    synchronized void enterRest() {
        try {
            for (Note next = notes.peek(); next != null; next = notes.peek()) {
                if (!next.ended().isEmpty()) {
                    ownership.leave(shard, next.ended());
                }
                for (SessionId id : next.created()) {
                    ownership.enter(id, shard);
                }
                notes.remove();
            }
        } catch (IOException failure) {
            LOG.log(Level.DEBUG, "the database cannot be told yet which ids are in use", failure);
        }
    }
}
