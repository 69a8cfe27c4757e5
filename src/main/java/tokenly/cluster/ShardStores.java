package tokenly.cluster;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tokenly.session.RoomId;
import tokenly.session.Store;

/** The store of this node: for each room that of its shard, as long as this node owns that. Thread-safe. */
public final class ShardStores implements Store {

    private static final Store NOT_HERE = new Store() {

        @Override
        public CompletionStage<Recovered> recover(long mailboxBytes) {
            return CompletableFuture.failedStage(notHere());
        }

        @Override
        public CompletionStage<@Nullable Void> append(List<Change> changes) {
            return CompletableFuture.failedStage(notHere());
        }
    };

    private final AtomicReferenceArray<IndexedStore> stores = new AtomicReferenceArray<>(RoomId.SHARDS);
    private final Routes routes;

    ShardStores(Routes routes) {
        this.routes = routes;
    }

    private static IOException notHere() {
        return new IOException("the room belongs to another node");
    }

    @Override
    public Store of(RoomId room) {
        Store store = stores.get(room.shard());
        return store == null ? NOT_HERE : store;
    }

    @Override
    public boolean has(int shard) {
        return routes.isHere(shard);
    }

    /** Shards are recovered one by one, when they are claimed. */
    @Override
    public CompletionStage<Recovered> recover(long mailboxBytes) {
        return CompletableFuture.completedStage(Recovered.NOTHING);
    }

    @Override
    public CompletionStage<@Nullable Void> append(List<Change> changes) {
        return NOT_HERE.append(changes);
    }

    /** Has ids entered that could not be before. */
    void enterRest() {
        for (int shard = 0; shard < RoomId.SHARDS; shard++) {
            IndexedStore store = stores.get(shard);
            if (store != null) {
                store.enterRest();
            }
        }
    }

    void set(int shard, IndexedStore store) {
        stores.set(shard, store);
    }

    void remove(int shard) {
        stores.set(shard, null);
    }
}
