package tokenly.store;

import java.util.List;
import java.util.zip.CRC32C;
import tokenly.session.EndReason;
import tokenly.session.Message;
import tokenly.session.ResetReason;
import tokenly.session.Signal;

/**
 * What the numbers in the log mean, and how a record is framed; see the drawing of the package. A new meaning gets a new
 * number; what a number means never changes.
 */
final class LogFormat {

    // Kinds of changes.
    static final int CREATED = 1;
    static final int RESUMED = 2;
    static final int RESTARTED = 3;
    static final int TAKEN = 4;
    static final int APPENDED = 5;
    static final int TRIMMED = 6;
    static final int OVERFLOWED = 7;
    static final int ENDED = 8;
    static final int CREATED_AS = 9; // with a role; CREATED stands for Role.OPEN

    // Kinds of messages.
    static final int SIGNALLED = 1;
    static final int PEER_JOINED = 2;
    static final int PEER_AWAY = 3;
    static final int PEER_BACK = 4;
    static final int PEER_RESTARTED = 5;
    static final int PEER_LEFT = 6;
    static final int UNDELIVERABLE = 7;
    static final int PEER_JOINED_AS = 8; // this one and those below with an incarnation, which the ones above lack
    static final int PEER_AWAY_AS = 9;
    static final int PEER_BACK_AS = 10;
    static final int PEER_RESTARTED_AS = 11;
    static final int UNDELIVERABLE_TO_ALL = 12; // without an id

    // What a snapshot says of its session, one bit each.
    static final int HAS_OVERFLOWED = 1;
    static final int IS_SUSPECT = 2;
    static final int HAS_ROLE = 4; // which follows; else it is Role.OPEN

    // What a role says, one bit each.
    static final int HAS_OWNER = 1; // which follows
    static final int IS_HIDDEN = 2;
    static final int SEES_OTHERS = 4;

    // The number of each is its index; a new one goes to the end.

    static final List<EndReason> END_REASONS =
            List.of(EndReason.LEFT, EndReason.EXPIRED, EndReason.MOVED, EndReason.REPLACED);

    static final List<ResetReason> RESET_REASONS = List.of(
            ResetReason.NEW_INSTANCE,
            ResetReason.CREATED_ANEW,
            ResetReason.EPOCH,
            ResetReason.STORE_WENT_BACK,
            ResetReason.CLIENT_BEHIND,
            ResetReason.OVERFLOW);

    static final List<Message.UndeliverableReason> UNDELIVERABLE_REASONS = List.of(
            Message.UndeliverableReason.UNKNOWN_PEER,
            Message.UndeliverableReason.AWAY,
            Message.UndeliverableReason.OVERFLOW,
            Message.UndeliverableReason.QUOTA,
            Message.UndeliverableReason.RESTARTED,
            Message.UndeliverableReason.REPLACED,
            Message.UndeliverableReason.LEFT,
            Message.UndeliverableReason.NOT_ALLOWED);

    static final List<Signal.Kind> SIGNALS =
            List.of(Signal.Kind.OFFER, Signal.Kind.ANSWER, Signal.Kind.ICE_CANDIDATE, Signal.Kind.MESSAGE);

    static final List<Fsync> FSYNCS = List.of(Fsync.OFF, Fsync.INTERVAL, Fsync.ALWAYS);

    /**
     * What stands before the body of each record: its length and a checksum of that, so that a record which was cut short is told
     * from one that was damaged; then a checksum of the body.
     */
    static final int FRAME_BYTES = 3 * Integer.BYTES;

    /** The highest bit of the length: this record is the first of those that were written, and perhaps forced, together. */
    private static final int BEGINS_BATCH = 1 << 31;

    private LogFormat() {}

    /** The length of a body, and whether it begins a batch. */
    static int lengthField(int bodyLength, boolean beginsBatch) {
        return bodyLength | (beginsBatch ? BEGINS_BATCH : 0);
    }

    static int bodyLength(int lengthField) {
        return lengthField & ~BEGINS_BATCH;
    }

    static boolean beginsBatch(int lengthField) {
        return (lengthField & BEGINS_BATCH) != 0;
    }

    /** CRC32C (RFC 3720, section 12.1) of the length itself, big-endian. */
    static int check(int lengthField) {
        CRC32C crc = new CRC32C();
        for (int shift = 24; shift >= 0; shift -= 8) {
            crc.update(lengthField >>> shift);
        }
        return (int) crc.getValue();
    }

    /** CRC32C of {@code bytes} from {@code start} to {@code end}. */
    static int check(byte[] bytes, int start, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, end - start);
        return (int) crc.getValue();
    }
}
