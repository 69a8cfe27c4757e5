package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store on real files, so small that it begins a new one every few records and cleans up all the time. */
class JournalStoreTest extends DurableStoreContract {

    private static final int SEGMENT_BYTES = 4_096;

    @TempDir
    private Path directory;

    private @Nullable JournalStore last;

    @Override
    protected JournalStore open() {
        last = new JournalStore(new FileDisk(directory), ServerRun.now(Fsync.OFF), SEGMENT_BYTES);
        return last;
    }

    @Override
    protected JournalStore reopen() throws IOException {
        close();
        return open();
    }

    @AfterEach
    void close() throws IOException {
        if (last != null) {
            last.close();
        }
    }

    @Test
    void aRecordThatFindsNobodyWritingIsWrittenAtOnce() {
        JournalStore store = open();
        sessions(store);
        assertThat(store.append(List.of(created("a"))).toCompletableFuture()).isCompleted();
    }

    @Test
    void aRecordMayBeLargerThanAFile() throws IOException {
        JournalStore store = open();
        sessions(store);
        String large = "x".repeat(10 * SEGMENT_BYTES);
        write(store, created("a"), appended("a", 1, text(large)));
        write(store, appended("a", 2, text("small")));
        assertThat(sessions(reopen()).values().iterator().next().messages())
                .containsExactly(text(large), text("small"));
    }

    @Test
    void beforeItIsRecoveredAndAfterItIsClosedItTakesNothing() throws IOException {
        JournalStore store = open();
        assertThat(store.append(List.of(created("a"))).toCompletableFuture()).isCompletedExceptionally();
        sessions(store);
        store.close();
        assertThat(store.append(List.of(created("a"))).toCompletableFuture()).isCompletedExceptionally();
        store.close();
    }

    @Test
    void whatIsAcknowledgedLeavesTheDisk() throws IOException {
        JournalStore store = open();
        sessions(store);
        write(store, created("sleeper"), appended("sleeper", 1, text("kept")), created("a"));
        long largest = 0;
        for (int seq = 1; seq <= 5_000; seq++) {
            write(store, appended("a", seq, text(String.valueOf(seq))));
            if (seq % 8 == 0) {
                write(store, trimmed("a", seq));
            }
            largest = seq % 100 == 0 ? Math.max(largest, bytes()) : largest;
        }
        assertThat(largest).isLessThanOrEqualTo(6 * SEGMENT_BYTES);
        assertThat(sessions(reopen()).values())
                .extracting(image -> image.messages().size())
                .containsExactly(0, 1);
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Path note = Files.writeString(directory.resolve("note.txt"), "not ours");
        sessions(open());
        write(reopen());
        assertThat(note).hasContent("not ours");
    }
}
