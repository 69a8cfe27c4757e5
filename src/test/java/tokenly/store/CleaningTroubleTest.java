package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tokenly.CapturedLog;

/** The cleaning fails, which is no reason to refuse anything. */
class CleaningTroubleTest {

    private static final int SEGMENT_BYTES = 1_000;

    @RegisterExtension
    private final CapturedLog log = new CapturedLog("tokenly.store");

    private final FakeDisk disk = new FakeDisk();
    private final JournalStore store = new JournalStore(disk, new ServerRun("boot", Fsync.OFF), SEGMENT_BYTES);
    private int written;

    CleaningTroubleTest() {
        sessions(store);
        write(store, created("a"));
    }

    private CompletableFuture<?> append() {
        return store.append(List.of(taken("a", ++written))).toCompletableFuture();
    }

    /** So much that it would be cleaned up many times. */
    private void appendMuch() {
        for (int i = 0; i < 500; i++) {
            assertThat(append()).isCompleted();
        }
    }

    static List<FakeDisk.Hook> troubles() {
        return List.of(
                () -> {
                    throw new IOException("an I/O error");
                },
                () -> {
                    throw new StoreException("damaged");
                },
                () -> {
                    throw new IllegalStateException("a bug");
                },
                () -> {
                    throw new AssertionError("worse");
                });
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whateverTheTroubleItIsSaidOnceAndEverythingIsWritten(FakeDisk.Hook trouble) {
        disk.whenOpened = trouble;
        appendMuch();
        assertThat(log.lines(Level.WARNING).size() + log.lines(Level.SEVERE).size())
                .isEqualTo(1);
        assertThat(sessions(new JournalStore(disk.afterKill(), new ServerRun("boot", Fsync.OFF), SEGMENT_BYTES)))
                .containsValue(Records.image("a", written, 0));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whateverTheTroubleThoseWhoWaitedAreAnswered(FakeDisk.Hook trouble) {
        disk.whenOpened = () -> {
            throw new IOException("not yet");
        };
        appendMuch(); // so that there is something to clean up
        disk.whenOpened = trouble;
        for (int i = 0; i < 100; i++) {
            CompletableFuture<?> waiting = Records.appendToWait(disk, store, taken("a", ++written));
            assertThat(append()).isCompleted();
            assertThat(waiting).isCompleted();
        }
    }

    @Test
    void theEndOfATroubleThatPassesIsSaid() {
        disk.whenOpened = () -> {
            throw new IOException("an I/O error");
        };
        appendMuch();
        log.clear();
        int full = disk.files.size();
        disk.whenOpened = () -> {};
        appendMuch();
        assertThat(log.lines(Level.INFO))
                .containsOnlyOnce("the store cleans up again")
                .hasSize(1);
        assertThat(log.lines(Level.WARNING)).isEmpty();
        assertThat(disk.files).hasSizeLessThan(full);
    }
}
