package tokenly.store;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.session.Message;
import tokenly.session.Store.Change;

/** A record that waits to be written, and then for its answer. Handed from the thread that brought it to the one that writes. */
final class PendingAppend {

    private static final int BYTES_OF_A_CHANGE = 100;

    private final List<Change> changes;
    private final long bytes;
    private final CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
    private @Nullable Throwable failure; // set by the one that writes, before it answers

    PendingAppend(List<Change> changes) {
        this.changes = changes;
        this.bytes = bytes(changes);
    }

    /** A message counts once, however many mailboxes it goes to. */
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

    List<Change> changes() {
        return changes;
    }

    /** About what it holds in memory. */
    long bytes() {
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

    /** Runs whatever depends on it. */
    void answer() {
        if (failure == null) {
            written.complete(null);
        } else {
            written.completeExceptionally(failure);
        }
    }
}
