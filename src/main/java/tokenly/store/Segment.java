package tokenly.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One file of the log, and how much in it is still needed. Only the newest is written to. Belongs to the thread that has the
 * write permit, but for {@link #force}.
 */
final class Segment {

    private final Disk disk;
    private final int number;
    private volatile Disk.@Nullable OpenFile file; // not null while it is written to
    private int length;
    private volatile boolean hasFailedForce;
    private volatile boolean isFinished; // set by the writer, and by a thread whose force fails
    private int livingParts;
    private long livingBytes;

    /** One that is complete. */
    Segment(Disk disk, int number, int length) {
        this.disk = disk;
        this.number = number;
        this.length = length;
    }

    /** Begins a file; what bears its name already is what is left of a vain attempt. */
    static Segment begin(Disk disk, SegmentHeader header) throws IOException {
        Segment segment = new Segment(disk, header.number(), 0);
        Disk.OpenFile file = disk.create(segment.name());
        try {
            segment.file = file;
            segment.append(header.encode(), header.run().fsync() != Fsync.OFF);
            return segment;
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    static String name(int number) {
        return String.format(Locale.ROOT, "%010d.journal", number);
    }

    int number() {
        return number;
    }

    String name() {
        return name(number);
    }

    /** Bytes in it that count; what the file holds beyond them means nothing. */
    int length() {
        return length;
    }

    /** Nothing counts from {@code length} on. */
    void cut(int length) {
        this.length = length;
    }

    /** True once nothing may be written to it any more: a write could not be undone, a force has failed, or it is full. */
    boolean isFinished() {
        return isFinished;
    }

    /** Nothing is written to it any more. */
    void finish() {
        isFinished = true;
    }

    /**
     * Writes all of {@code bytes}, or leaves it as it was.
     *
     * @param isForced whether they must be on the medium, too
     */
    void append(ByteBuffer bytes, boolean isForced) throws IOException {
        Disk.OpenFile open = open();
        boolean isDone = false;
        int at = length;
        try {
            while (bytes.hasRemaining()) {
                at += open.write(bytes, at);
            }
            if (isForced) {
                force(open);
            }
            isDone = true;
        } finally {
            if (isDone) {
                length = at;
            } else {
                undo(open);
            }
        }
    }

    private void undo(Disk.OpenFile open) {
        try {
            open.truncate(length);
        } catch (IOException stillBroken) { // the failure that led here is the one to tell
            finish();
        }
    }

    /** Forces what is written to the medium. May be called by any thread; after {@link #seal} there is nothing to do. */
    void force() throws IOException {
        synchronized (this) { // so that it is not closed meanwhile
            Disk.OpenFile open = file;
            if (open != null) {
                force(open);
            }
        }
    }

    /** A file whose force has failed is not trusted any more: a later one may succeed though the operating system has dropped what was written. */
    private void force(Disk.OpenFile open) throws IOException {
        boolean isDone = false;
        try {
            open.force();
            isDone = true;
        } finally {
            if (!isDone) {
                hasFailedForce = true;
                finish();
            }
        }
    }

    /** Whether a force of it has failed: what was written since the one before may be missing after a stop of the host. */
    boolean hasFailedForce() {
        return hasFailedForce;
    }

    /** Forces all of it to the medium, even after {@link #seal}. */
    void forceAgain() throws IOException {
        try (Disk.OpenFile open = disk.open(name())) {
            open.force();
        }
    }

    /** Closes the file: it is complete. */
    void seal() throws IOException {
        synchronized (this) {
            Disk.OpenFile open = file;
            file = null;
            if (open != null) {
                open.close();
            }
        }
    }

    private Disk.OpenFile open() throws IOException {
        Disk.OpenFile open = file;
        if (open == null) {
            throw new IOException(disk.describe(name()) + " is closed");
        }
        return open;
    }

    /** A part of it, {@code bytes} long, is needed. */
    void retain(int bytes) {
        livingParts++;
        livingBytes += bytes;
    }

    /** A part of it is needed no more. */
    void release(int bytes) {
        livingParts--;
        livingBytes -= bytes;
    }

    boolean isDead() {
        return livingParts == 0;
    }

    long livingBytes() {
        return livingBytes;
    }
}
