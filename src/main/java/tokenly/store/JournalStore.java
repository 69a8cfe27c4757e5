package tokenly.store;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store;
import tokenly.store.AppendQueue.PendingAppend;

/**
 * A log of checksummed records in files of one directory, which no other server may use meanwhile. What
 * is written is in the hands of the operating system, and survives a kill of the process; what it takes to survive a stop of
 * the host is said by {@link Fsync}.
 *
 * <p>A record that finds the write permit free is written on the thread that brings it, and its stage is done at once. Records that
 * come meanwhile wait, and the writing thread takes all of them along in one write; when 8 MiB wait, more is refused. A disk
 * that is full, or fails, fails what was to be written, and nothing else: the next record tries again. Where the disk is across a
 * network, an executor is given: then every record waits, and the threads of the executor write. Thread-safe.
 */
public final class JournalStore implements Store, Closeable {

    /** Large enough that a file is begun every few seconds at most, small enough that one is soon needed no more. */
    private static final int SEGMENT_BYTES = 64 << 20;

    /** What {@link Fsync#INTERVAL} promises. */
    private static final Duration FORCED_EVERY = Duration.ofSeconds(1);

    /** So a start says, in its log, that the one before ended while it copied what it needed out of old files. */
    static final String CLEANING_CUT_SHORT = "the store was stopped while it cleaned up";

    private static final System.Logger LOG = System.getLogger(JournalStore.class.getName());
    private static final CompletionStage<@Nullable Void> WRITTEN = CompletableFuture.completedStage(null);

    private final Disk disk;
    private final ServerRun run;
    private final int segmentBytes;
    private final @Nullable Executor writers; // null if the threads that bring records write them
    private final Semaphore writePermit = new Semaphore(1); // only opening and closing wait for it
    private final AppendQueue queue = new AppendQueue();
    private final PeriodicFsync periodicFsync = new PeriodicFsync(FORCED_EVERY, JournalStore::logUnforced);
    private @Nullable Writer writer; // under the write permit; not null from recover() to close()

    /** A store in {@code directory}, which is made if there is none, with files of the usual size. */
    public JournalStore(Path directory, Fsync fsync) {
        this(directory, fsync, SEGMENT_BYTES);
    }

    /**
     * A store in {@code directory}, which is made if there is none.
     *
     * @param segmentBytes after which a new file begins
     */
    public JournalStore(Path directory, Fsync fsync, int segmentBytes) {
        this(new FileDisk(directory), fsync, segmentBytes);
    }

    /**
     * A store on {@code disk}, which is not shared.
     *
     * @param segmentBytes after which a new file begins
     */
    public JournalStore(Disk disk, Fsync fsync, int segmentBytes) {
        this(disk, ServerRun.now(fsync), segmentBytes);
    }

    /**
     * A store on {@code disk}, which is not shared, and may keep a thread waiting.
     *
     * @param segmentBytes after which a new file begins
     * @param writers runs what writes and may wait; one thread of it at a time
     */
    public JournalStore(Disk disk, Fsync fsync, int segmentBytes, Executor writers) {
        this(disk, ServerRun.now(fsync), segmentBytes, writers);
    }

    /** @param segmentBytes after which a new file begins */
    JournalStore(Disk disk, ServerRun run, int segmentBytes) {
        this(disk, run, segmentBytes, null);
    }

    private JournalStore(Disk disk, ServerRun run, int segmentBytes, @Nullable Executor writers) {
        this.disk = disk;
        this.run = run;
        this.segmentBytes = segmentBytes;
        this.writers = writers;
    }

    @Override
    public CompletionStage<Recovered> recover(long mailboxBytes) {
        writePermit.acquireUninterruptibly();
        try {
            disk.lock();
            return CompletableFuture.completedStage(open(mailboxBytes));
        } catch (StoreException | RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        } catch (IOException failure) {
            return CompletableFuture.failedStage(StoreException.unusable(disk, failure));
        } finally {
            writePermit.release();
        }
    }

    private Recovered open(long mailboxBytes) throws IOException {
        boolean isDone = false;
        try {
            Recovery recovery = new Recovery(disk, run, mailboxBytes);
            Recovered recovered = recovery.read();
            Journal journal = recovery.goOn(segmentBytes);
            writer = new Writer(
                    journal,
                    new Cleaner(disk, journal, recovery.segments(), recovery.index(), segmentBytes),
                    recovery.segments());
            if (run.fsync() == Fsync.INTERVAL) {
                periodicFsync.start(journal);
            }
            LOG.log(
                    Level.INFO,
                    "the store has {0} sessions",
                    Integer.toString(recovered.sessions().size()));
            isDone = true;
            return recovered;
        } finally {
            if (!isDone) {
                disk.close();
            }
        }
    }

    private static void logUnforced(Throwable failure) {
        LOG.log(
                Level.ERROR,
                "the store could not be forced to the medium; a stop of the host may lose records",
                failure);
    }

    @Override
    public CompletionStage<@Nullable Void> append(List<Change> changes) {
        if (changes.isEmpty()) {
            return WRITTEN;
        }
        Optional<CompletionStage<@Nullable Void>> alone = writers == null ? appendAlone(changes) : Optional.empty();
        if (alone.isPresent()) {
            serve();
            return alone.get();
        }
        PendingAppend waiting = new PendingAppend(changes);
        if (!queue.offer(waiting)) {
            return CompletableFuture.failedStage(new IOException("too much waits to be written already"));
        }
        beginServing();
        return waiting.stage();
    }

    private void beginServing() {
        if (writers == null) {
            serve();
        } else if (writePermit.availablePermits() > 0) { // else the thread that has it looks once more behind that
            try {
                writers.execute(this::serve);
            } catch (RejectedExecutionException ended) { // nothing can be written any more, so nothing waits
                serve();
            }
        }
    }

    /** Writes {@code changes} here and now, if no thread writes and nothing waits. */
    private Optional<CompletionStage<@Nullable Void>> appendAlone(List<Change> changes) {
        if (!queue.isEmpty() || !writePermit.tryAcquire()) {
            return Optional.empty();
        }
        try {
            if (!queue.isEmpty()) {
                return Optional.empty();
            }
            writer().write(changes);
            return Optional.of(WRITTEN);
        } catch (IOException | RuntimeException | Error failure) { // as for those who wait
            return Optional.of(CompletableFuture.failedStage(failure));
        } finally {
            writePermit.release();
        }
    }

    /** Writes all that waits, unless another thread does; the stages complete when others may write again. */
    private void serve() {
        while (!queue.isEmpty() && writePermit.tryAcquire()) {
            List<PendingAppend> served = new ArrayList<>();
            try {
                writer().write(queue, served);
            } catch (IOException | RuntimeException | Error failure) { // whatever it is, no caller may wait for ever
                queue.poll().ifPresent(waiting -> refuse(waiting, failure, served));
            } finally {
                writePermit.release();
            }
            AppendQueue.complete(served);
        }
    }

    private static void refuse(PendingAppend waiting, Throwable failure, List<PendingAppend> served) {
        waiting.fail(failure);
        served.add(waiting);
    }

    private Writer writer() throws IOException {
        if (writer == null) {
            throw new IOException("the store is not open");
        }
        return writer;
    }

    /** Writes what still waits, and that it was closed in peace. Later appends fail. */
    @Override
    public void close() throws IOException {
        List<PendingAppend> served = new ArrayList<>();
        writePermit.acquireUninterruptibly();
        try {
            closeAll(served);
        } finally {
            writePermit.release();
            AppendQueue.complete(served);
            serve(); // what has come meanwhile is refused
        }
    }

    private void closeAll(List<PendingAppend> served) throws IOException {
        try (disk) {
            periodicFsync.stop();
            closeWriter(served);
        } finally {
            writer = null;
        }
    }

    private void closeWriter(List<PendingAppend> served) throws IOException {
        if (writer != null) {
            while (!queue.isEmpty()) {
                writer.write(queue, served);
            }
            writer.close();
        }
    }
}
