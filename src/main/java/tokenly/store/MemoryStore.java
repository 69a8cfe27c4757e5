package tokenly.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store;

/**
 * The store of a server whose memory is all it has: what is in the model is kept as long as the process lives, so there is
 * nothing to write.
 */
public final class MemoryStore implements Store {

    private static final CompletionStage<@Nullable Void> WRITTEN = CompletableFuture.completedStage(null);

    @Override
    public CompletionStage<Recovered> recover(long mailboxBytes) {
        return CompletableFuture.completedStage(Recovered.NOTHING);
    }

    @Override
    public CompletionStage<@Nullable Void> append(List<Change> changes) {
        return WRITTEN;
    }
}
