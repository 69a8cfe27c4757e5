package tokenly.store;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of one mailbox stand in the log, by their numbers: 12 bytes for each. While a server runs they come in
 * order and without a gap; when an old log is read, in which copies stand behind what came later, they need not. Of a mailbox that is {@link #abandon abandoned} it knows only how
 * much of each segment that needs.
 */
final class OffsetTable {

    private static final int SEGMENT = 0;
    private static final int OFFSET = 1;
    private static final int BYTES = 2;
    private static final int CELL = 3;
    private static final int NOWHERE = 0; // no segment has this number

    /** An empty table keeps no more cells than this. */
    private static final int SMALL = 16;

    private static final int[] NONE = {};

    private int[] cells = NONE;
    private int head; // the cell of the number first
    private int count; // cells in use
    private long first = 1;
    private int held; // cells that are somewhere
    private long bytes; // of the messages that they locate
    private @Nullable Abandoned abandoned; // instead of the cells

    /** Notes that message {@code seq} stands at {@code location}; where it stood before is given to {@code freed}. */
    void put(long seq, RecordLocation location, Consumer<RecordLocation> freed) {
        if (abandoned != null) {
            abandoned.add(seq, location);
            return;
        }
        if (count == 0) {
            first = seq;
            head = 0;
        }
        long before = Math.max(0, first - seq);
        long after = Math.max(0, seq - (first + count - 1));
        makeRoom(Math.toIntExact(before), Math.toIntExact(after));
        int cell = cell(seq);
        free(cell, freed);
        cells[cell + SEGMENT] = location.segment();
        cells[cell + OFFSET] = location.offset();
        cells[cell + BYTES] = location.bytes();
        held++;
        bytes += location.bytes();
    }

    private void makeRoom(int before, int after) {
        int needed = count + before + after;
        if (before > 0 || head + needed > cells.length / CELL) {
            boolean fits = needed <= cells.length / CELL / 2; // else it would be moved too often
            int[] target = fits ? cells : new int[Math.max(needed, needed * 2) * CELL];
            System.arraycopy(cells, head * CELL, target, before * CELL, count * CELL);
            Arrays.fill(target, 0, before * CELL, NOWHERE);
            cells = target;
            head = 0;
        }
        Arrays.fill(cells, (head + before + count) * CELL, (head + needed) * CELL, NOWHERE);
        first -= before;
        count = needed;
    }

    /** Whether message {@code seq} stands at just that location. */
    boolean holds(long seq, RecordLocation location) {
        return has(seq)
                && cells[cell(seq) + SEGMENT] == location.segment()
                && cells[cell(seq) + OFFSET] == location.offset();
    }

    /** Whether message {@code seq} stands anywhere. */
    boolean has(long seq) {
        return seq >= first && seq < first + count && cells[cell(seq) + SEGMENT] != NOWHERE;
    }

    private int cell(long seq) {
        return (head + (int) (seq - first)) * CELL;
    }

    /** How many messages from {@code from} on follow each other without a gap. */
    int run(long from) {
        int run = 0;
        while (has(from + run)) {
            run++;
        }
        return run;
    }

    /** How many messages it has, with or without gaps. */
    int held() {
        return held;
    }

    /** Bytes that its messages take in the log; one that several mailboxes share takes most of them in one of these. */
    long bytes() {
        return bytes;
    }

    /** Forgets all up to {@code seq}. */
    void trim(long seq, Consumer<RecordLocation> freed) {
        if (abandoned != null && seq >= abandoned.last) {
            abandoned.free(freed);
            abandoned = null;
        }
        while (count > 0 && first <= seq) {
            free(head * CELL, freed);
            head++;
            first++;
            count--;
        }
        if (count == 0) {
            head = 0;
            cells = cells.length > SMALL * CELL ? NONE : cells;
        }
    }

    /** Forgets where the messages stand, but not how much of each segment that is: until all of them are trimmed. */
    void abandon() {
        Abandoned left = new Abandoned();
        long last = first + count - 1;
        trim(Long.MAX_VALUE, location -> left.add(last, location));
        abandoned = left;
    }

    boolean isAbandoned() {
        return abandoned != null;
    }

    /** The highest number of the abandoned messages, 0 if there are none. */
    long lastAbandoned() {
        return abandoned == null ? 0 : abandoned.last;
    }

    private void free(int cell, Consumer<RecordLocation> freed) {
        if (cells[cell + SEGMENT] != NOWHERE) {
            held--;
            bytes -= cells[cell + BYTES];
            freed.accept(new RecordLocation(cells[cell + SEGMENT], cells[cell + OFFSET], cells[cell + BYTES]));
        }
    }

    /**
     * What is left to know of messages whose locations are forgotten: how much of each segment they need, so that it is not deleted
     * before they are done with. 12 bytes for each segment that has one.
     */
    private static final class Abandoned {

        private static final int PARTS = 1; // how many messages stand in the segment

        private int[] cells = new int[CELL]; // SEGMENT, PARTS and BYTES
        private int count; // cells in use
        private long last; // highest number of all

        /** Adds message {@code seq}, which stands at {@code location}. */
        void add(long seq, RecordLocation location) {
            last = Math.max(last, seq);
            int cell = cell(location.segment());
            cells[cell + PARTS]++;
            cells[cell + BYTES] += location.bytes();
        }

        private int cell(int segment) {
            for (int i = count - 1; i >= 0; i--) { // messages come mostly in the order of the log
                if (cells[i * CELL + SEGMENT] == segment) {
                    return i * CELL;
                }
            }
            if (count * CELL == cells.length) {
                cells = Arrays.copyOf(cells, cells.length * 2);
            }
            cells[count * CELL + SEGMENT] = segment;
            return count++ * CELL;
        }

        /** Gives back each part; all bytes of a segment with the first. */
        void free(Consumer<RecordLocation> freed) {
            for (int i = 0; i < count * CELL; i += CELL) {
                freed.accept(new RecordLocation(cells[i + SEGMENT], 0, cells[i + BYTES]));
                for (int part = 1; part < cells[i + PARTS]; part++) {
                    freed.accept(new RecordLocation(cells[i + SEGMENT], 0, 0));
                }
            }
        }
    }
}
