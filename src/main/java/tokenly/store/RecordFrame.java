package tokenly.store;

import java.util.zip.CRC32C;

/**
 * What stands before the body of each record: its length and a checksum of that, so that a record which was cut short is told
 * from one that was damaged; then a checksum of the body. CRC32C (RFC 3720, section 12.1), big-endian.
 */
final class RecordFrame {

    /** Length, its check, and the check of the body. */
    static final int LENGTH = 3 * Integer.BYTES;

    /** The highest bit of the length: this record is the first of those that were written, and perhaps forced, together. */
    private static final int BEGINS_BATCH = 1 << 31;

    private RecordFrame() {}

    /** The length of a body, and whether it begins a batch. */
    static int field(int bodyLength, boolean beginsBatch) {
        return bodyLength | (beginsBatch ? BEGINS_BATCH : 0);
    }

    static int bodyLength(int field) {
        return field & ~BEGINS_BATCH;
    }

    static boolean beginsBatch(int field) {
        return (field & BEGINS_BATCH) != 0;
    }

    /** Checksum of the length itself. */
    static int check(int field) {
        CRC32C crc = new CRC32C();
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc.update(field >>> shift);
        }
        return (int) crc.getValue();
    }

    static int check(byte[] bytes, int start, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, end - start);
        return (int) crc.getValue();
    }
}
