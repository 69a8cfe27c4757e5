package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.text;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tokenly.session.Message;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;

/** Records that come while another one is being written. */
class CombiningTest {

    private final GatedDisk disk = new GatedDisk();
    private final JournalStore store = new JournalStore(disk, new ServerRun("boot", Fsync.OFF), 64 << 20);

    CombiningTest() {
        sessions(store);
        write(store, created("a"));
        disk.writes.set(0);
    }

    /** Starts to write a record on another thread, which stands still at the disk until the disk permits it. */
    private Thread writeBehindTheGate() {
        disk.isGated = true;
        Thread writer = new Thread(() -> write(store, taken("a", 1)));
        writer.start();
        disk.reached.acquireUninterruptibly();
        disk.isGated = false;
        return writer;
    }

    private void open(Thread writer) throws InterruptedException {
        disk.writePermits.release();
        writer.join();
    }

    @Test
    void theyAreWrittenInOneGoByWhoeverWrites() throws Exception {
        Thread writer = writeBehindTheGate();
        List<CompletableFuture<?>> stages = new ArrayList<>();
        List<Integer> answered = new ArrayList<>();
        List<Thread> answering = new ArrayList<>();
        for (int seq = 1; seq <= 100; seq++) {
            int number = seq;
            stages.add(store.append(List.of(appended("a", seq, text("x"))))
                    .thenRun(() -> {
                        answered.add(number);
                        answering.add(Thread.currentThread());
                    })
                    .toCompletableFuture());
        }
        assertThat(stages).noneMatch(CompletableFuture::isDone);

        open(writer);

        assertThat(stages).allMatch(CompletableFuture::isDone);
        assertThat(disk.writes).hasValue(2);
        assertThat(answered).isSorted().hasSize(100);
        assertThat(answering).containsOnly(writer);
    }

    @Test
    void whoeverIsAnsweredMayWriteAgainAndAgain() throws Exception {
        Thread writer = writeBehindTheGate();
        AtomicInteger left = new AtomicInteger(5_000);
        List<CompletableFuture<?>> rooms = new ArrayList<>();
        for (int room = 0; room < 10; room++) {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            store.append(List.of(taken("a", 2))).thenRun(() -> writeOn(left, done));
            rooms.add(done);
        }
        open(writer);
        assertThat(rooms).allMatch(CompletableFuture::isDone);
        assertThat(store.append(List.of(taken("a", 3))).toCompletableFuture()).isDone();
    }

    /** Writes two records at the same time, so that one has to wait; when that is answered, two more, and so on. */
    private void writeOn(AtomicInteger left, CompletableFuture<Boolean> done) {
        if (left.getAndDecrement() <= 0) {
            done.complete(true);
            return;
        }
        disk.beforeNextWrite = () -> store.append(List.of(taken("a", 2))).thenRun(() -> writeOn(left, done));
        store.append(List.of(taken("a", 2)));
    }

    @Test
    void whatCannotBeEncodedFailsAlone() throws Exception {
        Thread writer = writeBehindTheGate();
        CompletableFuture<?> before = store.append(List.of(taken("a", 2))).toCompletableFuture();
        CompletableFuture<?> broken =
                store.append(List.of(new Change.Taken(brokenId(), 3))).toCompletableFuture();
        CompletableFuture<?> after = store.append(List.of(taken("a", 4))).toCompletableFuture();
        open(writer);
        assertThat(before).isCompleted();
        assertThat(broken).isCompletedExceptionally();
        assertThat(after).isCompleted();
    }

    @SuppressWarnings("NullAway") // on purpose
    private static SessionId brokenId() {
        return null;
    }

    @Test
    void theyFailTogetherIfTheDiskDoes() throws Exception {
        Thread writer = writeBehindTheGate();
        CompletableFuture<?> one = store.append(List.of(taken("a", 2))).toCompletableFuture();
        CompletableFuture<?> two = store.append(List.of(taken("a", 3))).toCompletableFuture();
        disk.isFullAfterGate = true;
        open(writer);
        assertThat(one).isCompletedExceptionally();
        assertThat(two).isCompletedExceptionally();
        disk.isFullAfterGate = false;
        write(store, taken("a", 4));
    }

    @Test
    void noMoreThan8MiBWait() throws Exception {
        Thread writer = writeBehindTheGate();
        Change large = appended("a", 1, text("x".repeat(1 << 20)));
        List<CompletableFuture<?>> stages = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            stages.add(store.append(List.of(large)).toCompletableFuture());
        }
        assertThat(stages.subList(0, 7)).noneMatch(CompletableFuture::isDone);
        assertThat(stages.subList(8, 14)).allMatch(CompletableFuture::isCompletedExceptionally);
        open(writer);
        assertThat(stages.subList(0, 7)).noneMatch(CompletableFuture::isCompletedExceptionally);
        write(store, taken("a", 5));
    }

    @Test
    void aMessageForManyWaitsAsOne() throws Exception {
        Thread writer = writeBehindTheGate();
        Message large = text("x".repeat(1 << 20));
        List<Change> toMany = IntStream.range(0, 20)
                .mapToObj(i -> appended("peer" + i, 1, large))
                .toList();
        assertThat(store.append(toMany).toCompletableFuture()).isNotDone();
        assertThat(store.append(toMany).toCompletableFuture()).isNotDone();
        open(writer);
    }

    @Test
    void aRecordThatIsLargerThanAllMayWaitAlone() throws Exception {
        Thread writer = writeBehindTheGate();
        Change large = appended("a", 1, text("x".repeat(9 << 20)));
        assertThat(store.append(List.of(large)).toCompletableFuture()).isNotDone();
        assertThat(store.append(List.of(taken("a", 5))).toCompletableFuture()).isCompletedExceptionally();
        open(writer);
    }

    @Test
    void aCloseWritesWhatWaits() throws Exception {
        Thread writer = writeBehindTheGate();
        CompletableFuture<?> waiting = store.append(List.of(taken("a", 7))).toCompletableFuture();
        Thread closer = new Thread(() -> {
            try {
                store.close();
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
        closer.start();
        open(writer);
        closer.join();
        assertThat(waiting).isCompleted();
        assertThat(disk.isLocked()).isFalse();
    }

    /** Stands still in one write. */
    private static final class GatedDisk implements Disk {

        final Semaphore reached = new Semaphore(0);
        final Semaphore writePermits = new Semaphore(0);
        final AtomicInteger writes = new AtomicInteger();
        volatile boolean isGated;
        volatile boolean isFullAfterGate;
        volatile Runnable beforeNextWrite = () -> {};
        private final FakeDisk files = new FakeDisk();

        boolean isLocked() {
            return files.isLocked;
        }

        @Override
        public void lock() throws IOException {
            files.lock();
        }

        @Override
        public List<String> names() {
            return files.names();
        }

        @Override
        public OpenFile create(String name) throws IOException {
            return new GatedFile(files.create(name));
        }

        @Override
        public OpenFile open(String name) throws IOException {
            return new GatedFile(files.open(name));
        }

        @Override
        public void delete(String name) throws IOException {
            files.delete(name);
        }

        @Override
        public void force() throws IOException {
            files.force();
        }

        @Override
        public long key(String name) {
            return NO_KEY;
        }

        @Override
        public String describe(String name) {
            return files.describe(name);
        }

        @Override
        public void close() throws IOException {
            files.close();
        }

        private final class GatedFile implements OpenFile {

            private final OpenFile file;

            GatedFile(OpenFile file) {
                this.file = file;
            }

            @Override
            public int write(ByteBuffer from, long position) throws IOException {
                writes.incrementAndGet();
                Runnable before = beforeNextWrite;
                beforeNextWrite = () -> {};
                before.run();
                if (isGated) {
                    reached.release();
                    writePermits.acquireUninterruptibly();
                } else if (isFullAfterGate) {
                    throw new IOException("No space left on device");
                }
                return file.write(from, position);
            }

            @Override
            public int read(ByteBuffer to, long position) throws IOException {
                return file.read(to, position);
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public void truncate(long size) throws IOException {
                file.truncate(size);
            }

            @Override
            public void force() throws IOException {
                file.force();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
