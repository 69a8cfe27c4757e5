package tokenly.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which files the log has, kept beside them: so that a start finds when the log is not as it was left. The file holds that at
 * two positions, written in turn: what is written last is there, or, if the write is cut short, what was written before. It
 * never grows, so a full disk cannot keep it from being written, and with that files from being deleted. Belongs to the thread
 * that has the write permit.
 */
final class HeadFile {

    static final String NAME = "head";

    /** The length of the last segment while the log is not closed. */
    static final int OPEN = -1;

    /** "Tokhead" and the version of the format. */
    private static final long MAGIC = 0x546f6b6865616401L;

    /** Bytes of a head. */
    private static final int LENGTH = 64;

    /** Between the two positions: what a disk writes as a whole, and no more. */
    private static final int DISTANCE = 512;

    private final Disk disk;
    private long count; // of the last head that is written

    HeadFile(Disk disk) {
        this.disk = disk;
    }

    /**
     * What the file says.
     *
     * @param count of all heads that were written, this one included
     * @param generation names this log: random, the same in the headers of its segments
     * @param oldest number of its first segment; files before it mean nothing any more
     * @param newest number of its last segment; 0 before the first. A file behind it has no record yet.
     * @param length bytes in the last segment when the log was closed; {@link #OPEN} while it is not
     * @param newestKey see {@link Disk#key}, of the file of the last segment
     * @param directoryKey the same of the directory
     */
    private record Head(
            long count, long generation, int oldest, int newest, int length, long newestKey, long directoryKey) {

        ByteBuffer encode() {
            ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
            bytes.putLong(MAGIC).putLong(count).putLong(generation);
            bytes.putInt(oldest).putInt(newest).putInt(length);
            bytes.putLong(newestKey).putLong(directoryKey);
            return bytes.putInt(LENGTH - Integer.BYTES, LogFormat.check(bytes.array(), 0, LENGTH - Integer.BYTES))
                    .clear();
        }

        /** Reads {@link #LENGTH} bytes; empty if they are none. */
        static Optional<Head> decode(byte[] from) {
            ByteBuffer bytes = ByteBuffer.wrap(from);
            int check = LogFormat.check(from, 0, LENGTH - Integer.BYTES);
            if (bytes.getInt(LENGTH - Integer.BYTES) != check || bytes.getLong() != MAGIC) {
                return Optional.empty();
            }
            return Optional.of(new Head(
                    bytes.getLong(),
                    bytes.getLong(),
                    bytes.getInt(),
                    bytes.getInt(),
                    bytes.getInt(),
                    bytes.getLong(),
                    bytes.getLong()));
        }
    }

    /** The generation of the log; empty if there is no such file, or nothing in it can be read. */
    Optional<Long> generation() throws IOException {
        return read().map(Head::generation);
    }

    /** What was written last. */
    private Optional<Head> read() throws IOException {
        if (!isThere()) {
            return Optional.empty();
        }
        try (Disk.OpenFile file = disk.open(NAME)) {
            Optional<Head> last = Stream.of(read(file, 0), read(file, DISTANCE))
                    .flatMap(Optional::stream)
                    .max(Comparator.comparingLong(Head::count));
            last.ifPresent(found -> count = found.count());
            return last;
        }
    }

    private static Optional<Head> read(Disk.OpenFile file, int position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, (long) position + bytes.position());
        }
        return Head.decode(bytes.array());
    }

    private boolean isThere() throws IOException {
        return disk.names().contains(NAME);
    }

    /**
     * Writes which files the log has.
     *
     * @param newest number of its last segment; 0 before the first
     * @param length bytes in that if the log is closed, else {@link #OPEN}
     * @param isForced whether it must be on the medium, too
     */
    void write(long generation, int oldest, int newest, int length, boolean isForced) throws IOException {
        long newestKey = newest == 0 ? Disk.NO_KEY : disk.key(Segment.name(newest));
        Head head = new Head(count + 1, generation, oldest, newest, length, newestKey, disk.key(""));
        int position = (int) (head.count() % 2) * DISTANCE;
        if (isThere() && count > 0) {
            try (Disk.OpenFile file = disk.open(NAME)) {
                write(file, head.encode(), position, isForced);
            }
        } else {
            create(head, position, isForced);
        }
        count++;
    }

    private void create(Head head, int position, boolean isForced) throws IOException {
        try (Disk.OpenFile file = disk.create(NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * DISTANCE);
            bytes.put(position, head.encode().array());
            write(file, bytes, 0, isForced);
        }
        if (isForced) {
            disk.force();
        }
    }

    private static void write(Disk.OpenFile file, ByteBuffer bytes, int position, boolean isForced) throws IOException {
        int at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
        if (isForced) {
            file.force();
        }
    }

    /**
     * Compares an old log with this file. A kill of the process leaves nothing that it finds, because the head is written before
     * a segment gets its first record, and before one is deleted; the end of a log that was not closed may be missing unnoticed
     * as far as one file.
     *
     * @param headers of the segments that are there, the oldest first
     * @return what shows that the log is not as it was left, for the operator; empty if nothing does
     */
    Optional<String> finding(SegmentFiles files, List<SegmentHeader> headers) throws IOException {
        Optional<Head> head = read();
        if (head.isPresent()) {
            return finding(head.get(), files, headers);
        }
        boolean needsNone = headers.stream().allMatch(header -> header.generation() == SegmentHeader.NO_GENERATION);
        return needsNone
                ? Optional.empty()
                : Optional.of(disk.describe(NAME) + (isThere() ? " cannot be read" : " is missing"));
    }

    private Optional<String> finding(Head head, SegmentFiles files, List<SegmentHeader> headers) throws IOException {
        int newest = headers.isEmpty() ? 0 : headers.get(headers.size() - 1).number();
        if (newest < head.newest()) {
            return Optional.of(
                    "its last file, " + files.file(head.newest()) + ", is missing or has lost its beginning");
        }
        if (newest > head.newest() + 1) {
            return Optional.of(disk.describe(NAME) + " is older than " + files.file(newest));
        }
        if (!headers.isEmpty() && headers.get(0).number() > head.oldest()) {
            return Optional.of("its first file, " + files.file(head.oldest()) + ", is missing");
        }
        return head.newest() == 0
                ? Optional.empty()
                : findingInNewest(head, files, headers.get(headers.size() - 1).generation());
    }

    private Optional<String> findingInNewest(Head head, SegmentFiles files, long generation) throws IOException {
        String file = files.file(head.newest());
        long length = files.length(head.newest());
        if (length < head.length()) {
            return Optional.of(file + " had " + head.length() + " bytes when the log was closed, and has " + length);
        }
        if (generation != SegmentHeader.NO_GENERATION && generation != head.generation()) {
            return Optional.of(disk.describe(NAME) + " is that of another log");
        }
        boolean isCopy = differ(head.newestKey(), disk.key(Segment.name(head.newest())))
                || differ(head.directoryKey(), disk.key(""));
        return isCopy
                ? Optional.of(
                        "its files are a copy of those that were written, and nothing shows that it is the latest one")
                : Optional.empty();
    }

    private static boolean differ(long known, long found) {
        return known != Disk.NO_KEY && found != Disk.NO_KEY && known != found;
    }
}
