package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.restarted;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.CapturedLog;
import tokenly.session.Store;

/** Logs that are not as they were left, though no file of them is damaged: found at the start, and named. */
class IncompleteLogTest {

    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);
    private static final int SEGMENT_BYTES = 1_000;
    private static final String WARNING = "the store is not as it was left";

    @TempDir
    private Path directory;

    @RegisterExtension
    private final CapturedLog log = new CapturedLog("tokenly.store");

    private FakeDisk disk = new FakeDisk();
    private JournalStore store = new JournalStore(disk, RUN, SEGMENT_BYTES);

    private Store.Recovered start() {
        store = new JournalStore(disk, RUN, SEGMENT_BYTES);
        return store.recover().toCompletableFuture().join();
    }

    /** Writes 4 files, all of which are needed. */
    private void fill(boolean isClosed) throws IOException {
        start();
        write(store, created("a"));
        for (int seq = 1; disk.segments().size() < 4; seq++) {
            write(store, appended("a", seq, text("x".repeat(100))));
        }
        write(store, created("b"));
        if (isClosed) {
            store.close();
        }
        disk = disk.afterKill();
    }

    private void assertFound(String finding) {
        log.clear();
        assertThat(start().isComplete()).isFalse();
        assertThat(log.lines(Level.WARNING))
                .filteredOn(text -> text.startsWith(WARNING))
                .singleElement()
                .asString()
                .contains(finding)
                .contains("every session begins a new epoch");
    }

    private void assertWhole() {
        log.clear();
        assertThat(start().isComplete()).isTrue();
        assertThat(log.lines(Level.WARNING)).noneMatch(text -> text.startsWith(WARNING));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsAsItWasLeftIsComplete(boolean isClosed) throws IOException {
        fill(isClosed);
        assertWhole();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLastFileThatIsMissingIsFound(boolean isClosed) throws IOException {
        fill(isClosed);
        disk.files.remove(Segment.name(4));
        assertFound(Segment.name(4) + ", is missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SegmentHeader.LENGTH - 1})
    void aLastFileThatHasLostItsBeginningIsFound(int length) throws IOException {
        fill(false);
        disk.files.put(Segment.name(4), Arrays.copyOf(disk.bytes(Segment.name(4)), length));
        assertFound(Segment.name(4));
    }

    @Test
    void aLastFileThatIsShorterThanWhenItWasClosedIsFound() throws IOException {
        fill(true);
        byte[] last = disk.bytes(Segment.name(4));
        for (int length = SegmentHeader.LENGTH; length < last.length; length++) {
            disk = disk.afterKill();
            disk.files.put(Segment.name(4), Arrays.copyOf(last, length));
            FakeDisk before = disk.afterKill();
            assertFound("had " + last.length + " bytes when the log was closed, and has " + length);
            disk = before;
        }
    }

    @Test
    void anEndThatAKillHasTornIsCutAndWhole() throws IOException {
        fill(false);
        byte[] last = disk.bytes(Segment.name(4));
        disk.files.put(Segment.name(4), Arrays.copyOf(last, last.length - 1));
        assertWhole();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 1", "true, 2", "false, 2"})
    void firstFilesThatAreMissingAreFound(boolean isClosed, int count) throws IOException {
        fill(isClosed);
        for (int number = 1; number <= count; number++) {
            disk.files.remove(Segment.name(number));
        }
        assertFound(Segment.name(1) + ", is missing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyIsFoundWhateverItHolds(boolean isClosed) throws IOException {
        fill(isClosed);
        disk = disk.copied();
        assertFound("a copy");
    }

    @Test
    void aCopyOfTheDirectoryWithTheSameFilesIsFound() throws IOException {
        fill(false);
        disk.renewKey("");
        assertFound("a copy");
    }

    @Test
    void filesThatHaveNoKeyAreNoCopy() throws IOException {
        disk.hasKeys = false;
        fill(false);
        disk = disk.copied();
        assertWhole();
    }

    @Test
    void aHeadThatIsMissingIsFound() throws IOException {
        fill(true);
        disk.files.remove(HeadFile.NAME);
        assertFound("head is missing");
    }

    @Test
    void aHeadThatCannotBeReadIsFound() throws IOException {
        fill(true);
        Arrays.fill(disk.bytes(HeadFile.NAME), (byte) 7);
        assertFound("head cannot be read");
    }

    @Test
    void aBitThatIsFlippedInTheHeadStopsNothing() throws IOException {
        fill(true);
        FakeDisk whole = disk;
        for (int bit = 0; bit < disk.bytes(HeadFile.NAME).length * Byte.SIZE; bit++) {
            disk = whole.afterKill();
            disk.bytes(HeadFile.NAME)[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(start().sessions()).hasSize(2);
        }
    }

    @Test
    void aHeadOfAnotherLogIsFound() throws IOException {
        disk.hasKeys = false;
        fill(true);
        byte[] head = disk.bytes(HeadFile.NAME);
        disk = new FakeDisk();
        disk.hasKeys = false;
        fill(true);
        disk.files.put(HeadFile.NAME, head);
        assertFound("another log");
    }

    @Test
    void anOlderHeadIsFound() throws IOException {
        start();
        byte[] head = disk.bytes(HeadFile.NAME).clone();
        disk = disk.afterKill();
        fill(true);
        disk.files.put(HeadFile.NAME, head);
        assertFound("older");
    }

    @Test
    void aHeadThatIsAloneIsNamed() throws IOException {
        fill(true);
        disk.files.keySet().retainAll(List.of(HeadFile.NAME));
        assertFound(Segment.name(4));
    }

    @Test
    void whatWentBackIsSuspectUntilAllHaveBegunAnew() throws IOException {
        fill(true);
        disk.files.remove(Segment.name(4)); // where b was
        assertFound(Segment.name(4));
        disk = disk.afterKill();
        assertThat(start().isComplete()).isFalse();
        assertThat(log.lines(Level.WARNING))
                .filteredOn(text -> text.startsWith(WARNING))
                .hasSize(1);
        write(store, restarted("a", "second"));
        disk = disk.afterKill();
        assertWhole();
    }

    @Test
    void aStartAfterALossMayBeKilledAtAnyStepAndTheLossIsStillFound() throws IOException {
        fill(true);
        disk.files.remove(Segment.name(4));
        FakeDisk lost = disk;
        boolean hasCrashed = true;
        for (int step = 1; hasCrashed; step++) {
            disk = lost.afterKill();
            disk.crashAt(step, true);
            new JournalStore(disk, RUN, SEGMENT_BYTES).recover();
            hasCrashed = disk.hasCrashed();
            disk = disk.afterKill();
            assertThat(start().isComplete()).as("killed at step %d", step).isFalse();
        }
    }

    @Test
    void whatIsDeletedBecauseItIsDoneWithIsNotMissing() throws IOException {
        start();
        write(store, created("a"), created("b"));
        for (int seq = 1; seq <= 200; seq++) {
            write(store, appended("a", seq, text("x".repeat(100))), trimmed("a", seq));
        }
        assertThat(disk.segments()).doesNotContain(Segment.name(1));
        disk = disk.afterKill();
        assertWhole();
    }

    @Test
    void aDirectoryThatIsMovedIsWholeAndACopyOfItIsNot() throws IOException {
        Path data = directory.resolve("data");
        open(data, true);
        copy(data, directory.resolve("copy"));
        Path moved = Files.move(data, directory.resolve("moved"));
        open(moved, true);
        open(directory.resolve("copy"), false);
        open(directory.resolve("copy"), true); // none of the sessions that were there is left to begin anew
    }

    private static void open(Path data, boolean isComplete) throws IOException {
        try (JournalStore store = new JournalStore(data, Fsync.OFF)) {
            assertThat(store.recover().toCompletableFuture().join().isComplete())
                    .isEqualTo(isComplete);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
