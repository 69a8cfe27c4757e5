package tokenly.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store that answers at once, or, while it is held, when a test says so. */
final class FakeStore implements Store {

    final List<List<Change>> records = new ArrayList<>();
    private final Queue<CompletableFuture<@Nullable Void>> unanswered = new ArrayDeque<>();
    private boolean held;
    boolean isBroken;

    @Override
    public CompletionStage<Recovered> recover(long mailboxBytes) {
        return CompletableFuture.completedStage(Recovered.NOTHING);
    }

    @Override
    public CompletionStage<@Nullable Void> append(List<Change> changes) {
        if (isBroken) {
            throw new IllegalStateException("a store that breaks its promise");
        }
        records.add(List.copyOf(changes));
        if (!held) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
        unanswered.add(answer);
        return answer;
    }

    void hold() {
        held = true;
    }

    /** Answers at once again, but for what it has held. */
    void release() {
        held = false;
    }

    /** Answers the oldest append. */
    void written() {
        unanswered.remove().complete(null);
    }

    /** Fails the oldest append. */
    void failed() {
        unanswered.remove().completeExceptionally(new IllegalStateException("the disk is full"));
    }

    int unanswered() {
        return unanswered.size();
    }
}
