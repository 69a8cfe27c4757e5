package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The log: what is written goes to the end of its newest segment, and whatever segments are needed no more are deleted, the
 * oldest first, so that what is left is always the end of all that was ever written. Belongs to the thread that has the
 * write permit, but for {@link #force}.
 */
final class Journal {

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final Disk disk;
    private final ServerRun run;
    private final long generation;
    private final HeadFile head;
    private final int segmentBytes;
    private final Segments segments;
    private final Index index;
    private volatile Segment newest;
    private @Nullable Segment upcoming; // not null once it is begun, until it is the newest
    private int oldest; // that the head names
    private boolean cannotDelete;
    private boolean
            isUnsure; // a force has failed: what makes older segments needless may be missing after a stop of the host
    // // until the next segment begins

    /**
     * Begins a segment of {@code run} behind all others.
     *
     * @param header of the new segment
     * @param head where its number is kept
     * @param segmentBytes after which a new one begins
     */
    Journal(Disk disk, SegmentHeader header, HeadFile head, int segmentBytes, Segments segments, Index index)
            throws IOException {
        this.disk = disk;
        this.run = header.run();
        this.generation = header.generation();
        this.head = head;
        this.segmentBytes = segmentBytes;
        this.segments = segments;
        this.index = index;
        this.newest = Segment.begin(disk, header);
        newest.force(); // whatever the setting: a run that left no trace would make the one before look like the last
        disk.force();
        segments.add(newest);
        writeHead(newest, HeadFile.OPEN, true);
        deleteDead();
    }

    private boolean forces() {
        return run.fsync() != Fsync.OFF;
    }

    private void writeHead(Segment last, int length, boolean isForced) throws IOException {
        oldest = Math.max(oldest, segments.oldest().number());
        head.write(generation, oldest, last.number(), length, isForced);
    }

    /**
     * Writes {@code batch}, whole or not at all.
     *
     * @throws IOException if it is not written, and never will be
     */
    void write(RecordBatch batch) throws IOException {
        boolean isFull = newest.length() > SegmentHeader.LENGTH && newest.length() + batch.length() > segmentBytes;
        if (isFull || newest.isFinished()) {
            roll();
        }
        int start = newest.length();
        newest.append(batch.bytes(), run.fsync() == Fsync.ALWAYS);
        batch.offsets().moveTo(newest.number(), start);
        int first = 0;
        for (Entry entry : batch.entries()) {
            index.follow(entry, batch.offsets(), first);
            first += entry.size() + 1;
        }
        deleteDead();
    }

    /**
     * Begins the next segment. Whether or not that succeeds, nothing is written to this one any more: the next one says how
     * long this one is, and may be there although something failed. Then another attempt goes on with the same file, because
     * the head may name it already.
     */
    private void roll() throws IOException {
        newest.finish();
        if (newest.hasFailedForce()) {
            isUnsure = true;
        } else if (run.fsync() == Fsync.INTERVAL) { // always: each batch is forced by itself
            newest.force();
        }
        Segment next = upcoming;
        if (next == null) {
            next = Segment.begin(disk, new SegmentHeader(newest.number() + 1, newest.length(), run, false, generation));
            upcoming = next;
        }
        if (forces()) {
            disk.force();
        }
        writeHead(next, HeadFile.OPEN, forces());
        newest.seal();
        segments.add(next);
        newest = next;
        upcoming = null;
        cannotDelete = false;
    }

    private void deleteDead() {
        while (!cannotDelete
                && !isUnsure
                && segments.count() > 1
                && segments.oldest().isDead()) {
            try {
                delete(segments.oldest());
                segments.removeOldest();
            } catch (IOException failure) {
                cannotDelete = true;
                LOG.log(Level.WARNING, "a file of the store that is needed no more cannot be deleted yet", failure);
            }
        }
    }

    /** What made it needless must not be lost while it is gone. */
    private void delete(Segment dead) throws IOException {
        if (forces()) {
            newest.force();
        }
        oldest = dead.number() + 1;
        writeHead(newest, HeadFile.OPEN, forces());
        disk.delete(dead.name());
        if (forces()) {
            disk.force();
        }
    }

    /** Forces what is written to the medium. May be called by any thread. */
    void force() throws IOException {
        newest.force();
    }

    /** Writes down that nothing follows, and closes the log. */
    void close() throws IOException {
        try {
            RecordBatch last = new RecordBatch();
            last.add(Entry.CLOSED);
            segments.forceAll();
            write(last);
            newest.force();
            disk.force();
            writeHead(newest, newest.length(), true);
        } finally {
            newest.seal();
            if (upcoming != null) {
                upcoming.seal();
            }
        }
    }
}
