package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.created;
import static tokenly.store.Records.id;
import static tokenly.store.Records.sessions;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A store that is given threads which may wait for its disk. */
class WritersTest {

    private final FakeDisk disk = new FakeDisk();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final JournalStore store = new JournalStore(disk, Fsync.ALWAYS, 4_096, tasks::add);

    private CompletableFuture<?> append(String id) {
        return store.append(List.of(created(id))).toCompletableFuture();
    }

    @Test
    void noRecordIsWrittenByTheThreadThatBringsIt() {
        sessions(store);
        CompletableFuture<?> first = append("a");
        CompletableFuture<?> second = append("b");
        assertThat(first).isNotDone();
        tasks.remove().run();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        tasks.forEach(Runnable::run); // finds nothing left
        assertThat(sessions(new JournalStore(disk.afterKill(), Fsync.ALWAYS, 4_096)))
                .containsOnlyKeys(id("a"), id("b"));
    }

    @Test
    void whatStillWaitsIsWrittenWhenItIsClosed() throws IOException {
        sessions(store);
        CompletableFuture<?> waiting = append("a");
        store.close();
        assertThat(waiting).isCompleted();
    }

    @Test
    void whenTheThreadsHaveEndedNothingWaitsForEver() throws IOException {
        JournalStore ended = new JournalStore(disk, Fsync.ALWAYS, 4_096, task -> {
            throw new RejectedExecutionException("ended");
        });
        sessions(ended);
        ended.close();
        assertThat(ended.append(List.of(created("a"))).toCompletableFuture()).isCompletedExceptionally();
    }
}
