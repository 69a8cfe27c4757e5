package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.text;
import static tokenly.store.Records.write;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real files, other processes, and interrupts. */
class FileDiskTest {

    @TempDir
    private Path directory;

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() throws IOException {
        try (JournalStore first = new JournalStore(directory, Fsync.OFF);
                JournalStore second = new JournalStore(directory, Fsync.OFF)) {
            sessions(first);
            assertThatThrownBy(() -> sessions(second))
                    .hasRootCauseInstanceOf(StoreException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("tokenly.store.dir");
            write(first, created("a"));
        }
        try (JournalStore next = new JournalStore(directory, Fsync.OFF)) {
            assertThat(sessions(next)).hasSize(1);
        }
    }

    @Test
    void aServerThatIsRefusedTakesNothingFromTheOneThatIsThere() throws Exception {
        try (JournalStore first = new JournalStore(directory, Fsync.OFF)) {
            sessions(first);
            try (JournalStore second = new JournalStore(directory, Fsync.OFF)) {
                assertThatThrownBy(() -> sessions(second)).hasRootCauseInstanceOf(StoreException.class);
            }
            assertThat(lockOfAnotherProcess()).isEqualTo("refused");
        }
        assertThat(lockOfAnotherProcess()).isEqualTo("locked");
    }

    @Test
    void anApplicationThatIsDeployedTwiceIsRefusedAndTakesNothing() throws Exception {
        try (JournalStore first = new JournalStore(directory, Fsync.OFF);
                URLClassLoader another = anotherClassLoader()) {
            sessions(first);
            Constructor<?> constructor =
                    another.loadClass(FileDisk.class.getName()).getDeclaredConstructor(Path.class);
            constructor.setAccessible(true);
            Object second = constructor.newInstance(directory);
            Method lock = second.getClass().getDeclaredMethod("lock");
            lock.setAccessible(true);
            assertThatThrownBy(() -> lock.invoke(second))
                    .rootCause()
                    .hasMessageContaining("another server uses the store in " + directory);
            assertThat(lockOfAnotherProcess()).isEqualTo("refused");
        }
    }

    private static URLClassLoader anotherClassLoader() throws IOException {
        URL classes = FileDisk.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }

    private String lockOfAnotherProcess() throws IOException, InterruptedException {
        Process other = start(Locker.class);
        try (BufferedReader output = other.inputReader(StandardCharsets.US_ASCII)) {
            String said = output.readLine();
            other.waitFor();
            return said;
        }
    }

    /** Another process, which is told the directory. */
    private Process start(Class<?> program) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void whatItMakesIsForItsUserAlone() throws IOException {
        assumeTrue(isPosix(), "this file system has rights of another kind");
        Path made = directory.resolve("made");
        try (JournalStore store = new JournalStore(made, Fsync.OFF)) {
            sessions(store);
            write(store, created("a"));
        }
        assertThat(rights(made)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(made)) {
            assertThat(files).hasSize(3).allMatch(file -> rights(file).equals("rw-------"));
        }
    }

    @Test
    void theRightsOfADirectoryThatIsThereAreLeftAlone() throws IOException {
        assumeTrue(isPosix(), "this file system has rights of another kind");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x--x"));
        try (JournalStore store = new JournalStore(directory, Fsync.OFF)) {
            sessions(store);
        }
        assertThat(rights(directory)).isEqualTo("rwxr-x--x");
    }

    private boolean isPosix() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String rights(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamedWithWhatToDo() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        try (JournalStore store = new JournalStore(file, Fsync.OFF)) {
            assertThatThrownBy(() -> sessions(store))
                    .hasRootCauseInstanceOf(FileAlreadyExistsException.class)
                    .rootCause()
                    .hasMessageContaining(file.toString());
            assertThatThrownBy(() -> sessions(store))
                    .hasMessageContaining("the store cannot use " + file)
                    .hasMessageContaining("tokenly.store.dir");
        }
    }

    @Test
    void aServerThatIsKilledHasLostNothingAndLeavesNoLock() throws Exception {
        Process server = start(EndlessWriter.class);
        long answered = 0;
        try (BufferedReader output = server.inputReader(StandardCharsets.US_ASCII)) {
            for (int i = 0; i < 20; i++) {
                answered = Long.parseLong(output.readLine());
            }
            try (JournalStore other = new JournalStore(directory, Fsync.OFF)) {
                assertThatThrownBy(() -> sessions(other)).hasRootCauseInstanceOf(StoreException.class);
            }
        } finally {
            server.destroyForcibly();
        }
        server.waitFor();
        try (JournalStore next = new JournalStore(directory, Fsync.OFF)) {
            assertThat(sessions(next).values().iterator().next().acceptedSeq()).isGreaterThanOrEqualTo(answered);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatIsInterruptedWritesAllTheSameAndStaysInterrupted(Fsync fsync) throws IOException {
        int records = 300; // of which a file takes about 20, so that files are begun and deleted
        try (JournalStore store = new JournalStore(directory, fsync, 1_000)) {
            sessions(store);
            write(store, created("a"));
            Thread.currentThread().interrupt();
            for (int seq = 1; seq <= records; seq++) {
                write(store, taken("a", seq));
            }
            assertThat(Thread.interrupted()).isTrue();
            write(store, appended("a", 1, text("one")));
        } finally {
            Thread.interrupted(); // or other tests would suffer from this one
        }
        assertThat(directory.toFile().list()).hasSizeLessThan(10);
        try (JournalStore next = new JournalStore(directory, Fsync.OFF)) {
            assertThat(sessions(next)).containsValue(Records.image("a", records, 0, text("one")));
        }
    }

    @Test
    void interruptsOfSomeThreadsDisturbNoOthers() throws Exception {
        try (JournalStore store = new JournalStore(directory, Fsync.ALWAYS)) {
            sessions(store);
            List<Thread> writers = new ArrayList<>();
            AtomicBoolean hasFailed = new AtomicBoolean();
            for (int i = 0; i < 4; i++) {
                String id = "s" + i;
                writers.add(new Thread(() -> writeUnder(store, id, hasFailed)));
            }
            writers.forEach(Thread::start);
            while (writers.stream().anyMatch(Thread::isAlive)) {
                writers.subList(0, 2).forEach(Thread::interrupt);
            }
            assertThat(hasFailed).isFalse();
        }
        try (JournalStore next = new JournalStore(directory, Fsync.OFF)) {
            assertThat(sessions(next).values())
                    .hasSize(4)
                    .allSatisfy(image -> assertThat(image.messages()).hasSize(100));
        }
    }

    @Test
    void aFileThatIsForcedOutlivesTheInterruptOfWhoeverWritesToIt() throws Exception {
        try (Disk.OpenFile file = new FileDisk(directory).create("file")) {
            AtomicBoolean hasFailed = new AtomicBoolean();
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 300; i++) {
                        Thread.currentThread().interrupt();
                        file.write(ByteBuffer.allocate(1), i);
                    }
                } catch (IOException failure) {
                    hasFailed.set(true);
                }
            });
            writer.start();
            while (writer.isAlive()) {
                file.force();
            }
            assertThat(hasFailed).isFalse();
            assertThat(file.size()).isEqualTo(300);
        }
    }

    private static void writeUnder(JournalStore store, String id, AtomicBoolean hasFailed) {
        store.append(List.of(created(id)));
        for (int seq = 1; seq <= 100; seq++) {
            store.append(List.of(appended(id, seq, text("x")))).whenComplete((written, failure) -> {
                if (failure != null) {
                    hasFailed.set(true);
                }
            });
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (JournalStore store = new JournalStore(file.resolve("store"), Fsync.OFF)) {
            assertThatThrownBy(() -> sessions(store)).hasMessageContaining("tokenly.store.dir");
        }
    }
}
