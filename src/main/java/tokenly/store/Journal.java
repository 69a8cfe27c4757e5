package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * The log: what is written goes to the end of its newest segment, and whatever segments are needed no more are deleted, the
 * oldest first, so that what is left is always the end of all that was ever written. Belongs to the thread that has the
 * turn to write, but for {@link #force}.
 */
final class Journal {

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final Disk disk;
    private final Run run;
    private final int segmentBytes;
    private final Segments segments;
    private final Index index;
    private volatile Segment newest;
    private boolean cannotDelete; // until the next segment begins

    /**
     * Begins a segment of {@code run} behind all others.
     *
     * @param segmentBytes after which a new one begins
     * @param header of the new segment
     */
    Journal(Disk disk, SegmentHeader header, int segmentBytes, Segments segments, Index index) throws IOException {
        this.disk = disk;
        this.run = header.run();
        this.segmentBytes = segmentBytes;
        this.segments = segments;
        this.index = index;
        this.newest = Segment.begin(disk, header);
        newest.force(); // whatever the setting: a run that left no trace would make the one before look like the last
        disk.force();
        segments.add(newest);
        deleteDead();
    }

    /**
     * Writes {@code batch}, whole or not at all.
     *
     * @throws IOException if it is not written, and never will be
     */
    void write(Batch batch) throws IOException {
        boolean isFull = newest.length() > SegmentHeader.LENGTH && newest.length() + batch.length() > segmentBytes;
        if (isFull || newest.isFinished()) {
            roll();
        }
        int start = newest.length();
        newest.append(batch.bytes(), run.fsync() == Fsync.ALWAYS);
        int mark = 0;
        for (Entry entry : batch.entries()) {
            index.follow(entry, newest.number(), start, batch.marks(), mark);
            mark += entry.size() + 1;
        }
        deleteDead();
    }

    /**
     * Begins the next segment. Whether or not that succeeds, nothing is written to this one any more: the next one says how
     * long this one is, and may be there although something failed.
     */
    private void roll() throws IOException {
        newest.finish();
        if (run.fsync() != Fsync.OFF) {
            newest.force();
        }
        Segment next = Segment.begin(disk, new SegmentHeader(newest.number() + 1, newest.length(), run, false));
        try {
            if (run.fsync() != Fsync.OFF) {
                disk.force();
            }
            newest.seal();
        } catch (IOException failure) {
            next.seal();
            throw failure;
        }
        segments.add(next);
        newest = next;
        cannotDelete = false;
    }

    private void deleteDead() {
        while (!cannotDelete && segments.count() > 1 && segments.oldest().isDead()) {
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
        if (run.fsync() != Fsync.OFF) {
            newest.force();
        }
        disk.delete(dead.name());
        if (run.fsync() != Fsync.OFF) {
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
            Batch last = new Batch();
            last.add(Entry.CLOSED);
            segments.forceAll();
            write(last);
            newest.force();
            disk.force();
        } finally {
            newest.seal();
        }
    }
}
