package tokenly.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Which files the log has, kept beside them: so that a start finds when the log is not as it was left.
 *
 * @param generation names this log: random, the same in the headers of its segments
 * @param oldest number of its first segment; files before it mean nothing any more
 * @param newest number of its last segment; 0 before the first. A file behind it has no record yet.
 * @param length bytes in the last segment when the log was closed; {@link #OPEN} while it is not
 * @param newestKey see {@link Disk#key}, of the file of the last segment
 * @param directoryKey the same of the directory
 */
record Head(long generation, int oldest, int newest, int length, long newestKey, long directoryKey) {

    /** Bytes of it. */
    static final int LENGTH = 64;

    static final int OPEN = -1;

    /** "Tokhead" and the version of the format. */
    private static final long MAGIC = 0x546f6b6865616401L;

    /** @param count of all that were written, this one included */
    ByteBuffer encode(long count) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putLong(MAGIC).putLong(count).putLong(generation);
        bytes.putInt(oldest).putInt(newest).putInt(length);
        bytes.putLong(newestKey).putLong(directoryKey);
        return bytes.putInt(LENGTH - Integer.BYTES, check(bytes.array())).clear();
    }

    /** One that was read, and which it was of all that were written. */
    record Counted(Head head, long count) {}

    /** Reads {@link #LENGTH} bytes; empty if they are none. */
    static Optional<Counted> decode(byte[] from) {
        ByteBuffer bytes = ByteBuffer.wrap(from);
        if (bytes.getInt(LENGTH - Integer.BYTES) != check(from) || bytes.getLong() != MAGIC) {
            return Optional.empty();
        }
        long count = bytes.getLong();
        Head head = new Head(
                bytes.getLong(), bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getLong(), bytes.getLong());
        return Optional.of(new Counted(head, count));
    }

    private static int check(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, LENGTH - Integer.BYTES);
        return (int) crc.getValue();
    }
}
