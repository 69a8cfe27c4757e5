package tokenly.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tokenly.session.Store;
import tokenly.session.Switchboard;

/** The shards that this node owns: claims and recovers them, gives them away, and drops those that it has lost. Thread-safe. */
final class OwnShards {

    private static final System.Logger LOG = System.getLogger(OwnShards.class.getName());

    /** How long the rooms of a shard may take for the steps that are under way. */
    private static final long ABANDON_SECONDS = 15;

    private final Parts parts;
    private final Map<Integer, Owned> owned = new ConcurrentHashMap<>(); // also those that are just coming or going

    /**
     * What it works with.
     *
     * @param mailboxBytes the most that the mailboxes of one shard may take when it is recovered
     * @param notes one at a time, in order; may wait for the database
     */
    record Parts(
            Ownership ownership,
            Routes routes,
            ShardStores stores,
            Switchboard switchboard,
            long mailboxBytes,
            Executor notes) {}

    private record Owned(long fence, Store store) {}

    OwnShards(Parts parts) {
        this.parts = parts;
    }

    /** How many there are. */
    int count() {
        return owned.size();
    }

    boolean has(int shard) {
        return owned.containsKey(shard);
    }

    /** Those that may be asked. */
    Set<Integer> ready() {
        return owned.keySet().stream().filter(parts.routes()::isHere).collect(Collectors.toSet());
    }

    /** The fence of a shard that is owned; empty of another. */
    OptionalLong fence(int shard) {
        Owned one = owned.get(shard);
        return one == null ? OptionalLong.empty() : OptionalLong.of(one.fence());
    }

    /** Claims a shard and takes over what is in it; takes as long as that takes. */
    void claim(Ownership.Shard seen, boolean isGone) {
        int shard = seen.number();
        try {
            OptionalLong fence = parts.ownership().claim(seen, isGone);
            if (fence.isPresent()) {
                begin(shard, fence.getAsLong());
            }
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "shard " + shard + " cannot be claimed", failure);
        }
    }

    private void begin(int shard, long fence) throws IOException {
        Store store = parts.ownership().store(shard, fence, () -> lose(shard, fence));
        owned.put(shard, new Owned(fence, store));
        boolean isDone = false;
        try {
            Store.Recovered recovered =
                    store.recover(parts.mailboxBytes()).toCompletableFuture().join();
            parts.ownership()
                    .keepOnly(
                            shard,
                            recovered.sessions().stream()
                                    .map(Store.Image::session)
                                    .toList());
            parts.stores().set(shard, new IndexedStore(store, shard, parts.ownership(), parts.notes()));
            parts.switchboard().restore(recovered);
            parts.routes().isHere(shard, true);
            isDone = has(shard); // else it was lost meanwhile
            LOG.log(
                    Level.INFO,
                    "shard {0} is here, with {1} sessions",
                    shard,
                    recovered.sessions().size());
        } catch (CompletionException failure) {
            throw new IOException("it cannot be recovered", failure.getCause());
        } finally {
            if (!isDone) {
                owned.putIfAbsent(shard, new Owned(fence, store));
                drop(shard, fence);
                parts.ownership().release(shard, fence);
            }
        }
    }

    /** Gives a shard away; its clients ask the node that claims it next. */
    void giveAway(int shard) {
        OptionalLong fence = fence(shard);
        if (fence.isEmpty()) {
            return;
        }
        drop(shard, fence.getAsLong());
        try {
            parts.ownership().release(shard, fence.getAsLong());
            LOG.log(Level.INFO, "shard {0} is given away", shard);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "shard " + shard + " cannot be given away before its lease is over", failure);
        }
    }

    /** Another node owns a shard that this one has taken for its own: nothing that it says of the shard counts any more. */
    void lose(int shard, long fence) {
        if (drop(shard, fence)) {
            LOG.log(Level.WARNING, "shard {0} belongs to another node now", shard);
        }
    }

    private boolean drop(int shard, long fence) {
        Owned lost = owned.get(shard);
        if (lost == null || lost.fence() != fence) {
            return false;
        }
        parts.routes().isHere(shard, false);
        abandon(shard);
        parts.stores().remove(shard);
        close(lost.store());
        return owned.remove(shard, lost);
    }

    private void abandon(int shard) {
        try {
            parts.switchboard().abandon(shard).toCompletableFuture().get(ABANDON_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            LOG.log(Level.WARNING, "a room of shard {0} still waits for the database; it is dropped later", shard);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a shard could not be dropped", bug);
        }
    }

    private static void close(Store store) {
        try {
            if (store instanceof Closeable open) {
                open.close();
            }
        } catch (IOException failure) { // what was acknowledged is written
            LOG.log(Level.DEBUG, "a shard was not closed in peace", failure);
        }
    }
}
