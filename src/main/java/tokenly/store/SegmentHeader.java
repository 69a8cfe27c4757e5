package tokenly.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The beginning of a segment's file.
 *
 * @param number of the segment: one more for each, from 1
 * @param previousLength bytes that count in the segment before, if that still exists: beyond them may be the remains of a
 *     write that failed
 * @param run which wrote the segment
 * @param isAfterLoss whether what stands before this segment may be incomplete, and its sessions are suspect
 * @param generation see {@link HeadFile}; 0 in the first version of the format
 */
record SegmentHeader(int number, int previousLength, ServerRun run, boolean isAfterLoss, long generation) {

    /** Bytes of it, the same for all. */
    static final int LENGTH = 128;

    /** "Tokenly" and the version of the format. */
    private static final long MAGIC = 0x546f6b656e6c7904L;

    /** The third version, which is still read: its sessions have no role. */
    private static final long THIRD_MAGIC = 0x546f6b656e6c7903L;

    /** The second version, which is still read: its messages about peers have no incarnation. */
    private static final long SECOND_MAGIC = 0x546f6b656e6c7902L;

    /** The first version, which is still read: it has no generation, and where hashes of keys stand now it has the keys. */
    private static final long FIRST_MAGIC = 0x546f6b656e6c7901L;

    /** The bits of {@link #MAGIC} that are the version. */
    private static final long VERSION = 0xff;

    private static final int MAX_BOOT_BYTES = 64;
    private static final int GENERATION_AT = LENGTH - Integer.BYTES - Long.BYTES;

    /** A number that no generation has. */
    static final long NO_GENERATION = 0;

    /** A generation that no log has had. */
    static long freshGeneration() {
        SecureRandom random = new SecureRandom();
        long drawn = NO_GENERATION;
        while (drawn == NO_GENERATION) {
            drawn = random.nextLong();
        }
        return drawn;
    }

    /** Whether the records of the segment hold keys and not their hashes. */
    boolean hasRawKeys() {
        return generation == NO_GENERATION;
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        byte[] boot = run.bootId().getBytes(StandardCharsets.US_ASCII);
        bytes.putLong(generation == NO_GENERATION ? FIRST_MAGIC : MAGIC)
                .putInt(number)
                .putInt(previousLength);
        bytes.put((byte) LogFormat.FSYNCS.indexOf(run.fsync())).put((byte) (isAfterLoss ? 1 : 0));
        bytes.put((byte) Math.min(boot.length, MAX_BOOT_BYTES)).put(boot, 0, Math.min(boot.length, MAX_BOOT_BYTES));
        bytes.putLong(GENERATION_AT, generation);
        bytes.putInt(LENGTH - Integer.BYTES, check(bytes.array()));
        return bytes.clear();
    }

    /** Reads {@link #LENGTH} bytes; empty if they are no header. */
    static Optional<SegmentHeader> decode(byte[] from) {
        ByteBuffer bytes = ByteBuffer.wrap(from);
        long magic = bytes.getLong();
        if (bytes.getInt(LENGTH - Integer.BYTES) != check(from) || !isKnown(magic)) {
            return Optional.empty();
        }
        int number = bytes.getInt();
        int previousLength = bytes.getInt();
        Fsync fsync = LogFormat.FSYNCS.get(bytes.get());
        boolean isAfterLoss = bytes.get() == 1;
        byte[] boot = new byte[bytes.get()];
        bytes.get(boot);
        ServerRun run = new ServerRun(new String(boot, StandardCharsets.US_ASCII), fsync);
        return Optional.of(new SegmentHeader(number, previousLength, run, isAfterLoss, bytes.getLong(GENERATION_AT)));
    }

    private static boolean isKnown(long magic) {
        return magic == MAGIC || magic == THIRD_MAGIC || magic == SECOND_MAGIC || magic == FIRST_MAGIC;
    }

    /** Whether {@link #LENGTH} bytes are the header of a later version of the format. */
    static boolean isOfLaterVersion(byte[] from) {
        ByteBuffer bytes = ByteBuffer.wrap(from);
        long magic = bytes.getLong(0);
        return bytes.getInt(LENGTH - Integer.BYTES) == check(from)
                && (magic | VERSION) == (MAGIC | VERSION)
                && (magic & VERSION) > (MAGIC & VERSION);
    }

    private static int check(byte[] bytes) {
        return LogFormat.check(bytes, 0, LENGTH - Integer.BYTES);
    }
}
