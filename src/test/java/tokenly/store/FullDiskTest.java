package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.text;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.QuietLog;
import tokenly.session.Message;

/** A disk without room, and one that fails in other ways. */
@ExtendWith(QuietLog.class)
class FullDiskTest {

    private static final int SEGMENT_BYTES = 1_000;

    @TempDir
    private Path directory;

    private final FakeDisk disk = new FakeDisk();
    private final List<Message> answered = new ArrayList<>();

    private boolean isTaken(JournalStore store, String text) {
        Message message = text(text);
        boolean isTaken = !store.append(List.of(appended("a", answered.size() + 1, message)))
                .toCompletableFuture()
                .isCompletedExceptionally();
        if (isTaken) {
            answered.add(message);
        }
        return isTaken;
    }

    private JournalStore open(Fsync fsync) {
        JournalStore store = new JournalStore(disk, new ServerRun("boot", fsync), SEGMENT_BYTES);
        sessions(store);
        write(store, created("a"));
        return store;
    }

    private void checkWhatIsKept() {
        assertThat(sessions(new JournalStore(disk.afterKill(), new ServerRun("boot", Fsync.OFF), SEGMENT_BYTES)))
                .containsEntry(Records.id("a"), Records.image("a", 0, 0, answered.toArray(new Message[0])));
    }

    @ParameterizedTest(name = "it can be truncated: {0}")
    @ValueSource(booleans = {true, false})
    void whatDoesNotFitIsRefusedAndWhatComesWhenThereIsRoomIsTaken(boolean truncates) {
        JournalStore store = open(Fsync.OFF);
        disk.truncates = truncates;
        for (int room = 0; room < 2_000; room += 7) {
            disk.room = room;
            isTaken(store, "x".repeat(500));
            assertThat(isTaken(store, "y".repeat(2_500))).isFalse();
            checkWhatIsKept();
            disk.room = 10_000;
            assertThat(isTaken(store, "room again, after " + room)).isTrue();
            checkWhatIsKept();
        }
    }

    @ParameterizedTest(name = "{0} bytes at once")
    @CsvSource({"1", "7", "100"})
    void aDiskMayTakeAWriteInPieces(int bytesAtOnce) {
        disk.bytesAtOnce = bytesAtOnce;
        JournalStore store = open(Fsync.OFF);
        for (int i = 0; i < 30; i++) {
            assertThat(isTaken(store, "message " + i)).isTrue();
        }
        checkWhatIsKept();
    }

    @Test
    void whatCannotBeForcedWasNeverWritten() {
        JournalStore store = open(Fsync.ALWAYS);
        assertThat(isTaken(store, "one")).isTrue();
        disk.forces = false;
        assertThat(isTaken(store, "two")).isFalse();
        disk.forces = true;
        assertThat(isTaken(store, "three")).isTrue();
        checkWhatIsKept();
    }

    @Test
    void aFileThatCouldNotBeForcedIsNotTrustedAnyMore() {
        JournalStore store = open(Fsync.ALWAYS);
        disk.forces = false;
        assertThat(isTaken(store, "one")).isFalse();
        disk.forces = true;
        List<String> before = disk.segments();
        assertThat(isTaken(store, "two")).isTrue();
        assertThat(disk.segments()).hasSizeGreaterThan(before.size());
        checkWhatIsKept();
    }

    @Test
    void aFileThatCouldNotBeBegunTakesNothingFromTheOneBefore() {
        JournalStore store = open(Fsync.INTERVAL);
        disk.forcesNames = false;
        assertThat(isTaken(store, "x".repeat(SEGMENT_BYTES))).isFalse();
        isTaken(store, "would fit");
        checkWhatIsKept();
        disk.forcesNames = true;
        assertThat(isTaken(store, "fits")).isTrue();
        checkWhatIsKept();
    }

    @Test
    void aFullFileSystemIsOneToo() throws Exception {
        assumeTrue(canMount(), "a small file system can be mounted by root only");
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()), "no tmpfs can be mounted");
        try {
            fill(small);
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private void fill(Path small) throws IOException {
        Path ballast = Files.write(small.resolve("ballast"), new byte[500_000]);
        try (JournalStore store = new JournalStore(small, Fsync.OFF)) {
            sessions(store);
            write(store, created("a"));
            while (isTaken(store, "x".repeat(3_000))) {
                continueWhile(answered.size() < 1_000);
            }
            assertThat(isTaken(store, "x".repeat(10_000))).isFalse();
            Files.delete(ballast);
            assertThat(isTaken(store, "x".repeat(10_000))).isTrue();
        }
        try (JournalStore store = new JournalStore(small, Fsync.OFF)) {
            assertThat(sessions(store))
                    .containsEntry(Records.id("a"), Records.image("a", 0, 0, answered.toArray(new Message[0])));
        }
    }

    private static void continueWhile(boolean isSane) {
        assertThat(isSane).as("1 MB is full at last").isTrue();
    }

    private static boolean canMount() {
        return "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/proc/mounts"));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
