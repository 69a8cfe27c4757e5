package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A store that cannot be closed in peace. */
class CloseTest {

    private static final int SEGMENT_BYTES = 1_000;
    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);

    private final FakeDisk disk = new FakeDisk();
    private final JournalStore store = new JournalStore(disk, RUN, SEGMENT_BYTES);

    CloseTest() {
        sessions(store);
        write(store, created("a"));
    }

    @Test
    void whatIsWrittenIsAnsweredAlthoughTheLogCannotBeClosed() {
        CompletableFuture<?> waiting = Records.appendToWait(disk, store, taken("a", 7));
        disk.forces = false;
        assertThatThrownBy(store::close).isInstanceOf(IOException.class).hasMessage("cannot force");
        assertThat(waiting).isCompleted();
        assertThat(disk.isLocked).isFalse();
        assertThat(sessions(new JournalStore(disk.afterKill(), RUN, SEGMENT_BYTES)))
                .containsValue(Records.image("a", 7, 0));
    }

    @Test
    void whatComesLaterIsRefusedAlthoughTheDiskCannotBeClosed() {
        CompletableFuture<?> waiting = Records.appendToWait(disk, store, taken("a", 7));
        disk.whenClosed = () -> {
            throw new IOException("cannot close");
        };
        assertThatThrownBy(store::close).isInstanceOf(IOException.class).hasMessage("cannot close");
        assertThat(waiting).isCompleted();
        assertThat(store.append(List.of(taken("a", 8))).toCompletableFuture()).isCompletedExceptionally();
    }
}
