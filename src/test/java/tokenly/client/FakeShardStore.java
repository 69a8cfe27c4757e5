package tokenly.client;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store;

/** The store of a shard under one fence. */
final class FakeShardStore implements Store, Closeable {

    /** For so long it tries to write. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClusterWorld world;
    private final FakeNode node;
    private final FakeDatabase.Row row;
    private final long fence;
    private final Runnable whenDeposed;
    private boolean isDeposed;
    private boolean isClosed;

    FakeShardStore(ClusterWorld world, FakeNode node, FakeDatabase.Row row, long fence, Runnable whenDeposed) {
        this.world = world;
        this.node = node;
        this.row = row;
        this.fence = fence;
        this.whenDeposed = whenDeposed;
    }

    @Override
    public CompletionStage<Recovered> recover(long mailboxBytes) {
        return world.database.isReachedBy(node) && row.fence == fence
                ? CompletableFuture.completedStage(row.recovered())
                : CompletableFuture.failedStage(new IOException("it cannot be read"));
    }

    @Override
    public CompletionStage<@Nullable Void> append(List<Change> changes) {
        if (isClosed || isDeposed) {
            return CompletableFuture.failedStage(new IOException("it is closed"));
        }
        Commit commit = new Commit(List.copyOf(changes));
        world.database.commits.add(commit);
        return commit.answer;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    /** A record that is being written: its outcome is not known before the answer. */
    final class Commit {

        private final List<Change> changes;
        private final Duration begun = world.timer.now();
        final CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
        private boolean isWritten;
        private boolean isAnswered;

        private Commit(List<Change> changes) {
            this.changes = changes;
        }

        boolean isOf(FakeNode other) {
            return node == other;
        }

        /** Whether anything can happen to it. */
        boolean isBusy() {
            return !isAnswered && (world.database.isReachedBy(node) || (isTooLong() && !isWritten));
        }

        boolean isOver() {
            return answer.isDone();
        }

        private boolean isTooLong() {
            return world.timer.now().minus(begun).compareTo(PATIENCE) > 0;
        }

        /** It is written, or answered, or both. */
        void step() {
            if (!world.database.isReachedBy(node)) {
                isAnswered = true;
                node.later(() -> answer.completeExceptionally(new IOException("the database does not answer")));
                return;
            }
            boolean isDone = tryToWrite();
            boolean isLate = world.isFaulty() && isDone && world.random.nextInt(4) == 0;
            if (!isLate) {
                isAnswered = true;
                node.later(() -> finish(isDone));
            }
        }

        /** The same, without a delay. */
        void settle() {
            isAnswered = true;
            finish(tryToWrite());
        }

        private void finish(boolean isDone) {
            if (isDone) {
                answer.complete(null);
                return;
            }
            answer.completeExceptionally(new Store.LostException("another node owns it"));
            if (!isDeposed) {
                isDeposed = true;
                node.later(whenDeposed);
            }
        }

        /** Whether it is written, now or before. */
        boolean tryToWrite() {
            if (!isWritten && row.fence == fence) {
                isWritten = true;
                world.guarded(() -> row.write(changes));
            }
            return isWritten;
        }
    }
}
