package tokenly.store;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What is left to know of messages whose locations are forgotten: how much of each segment they need, so that it is not deleted
 * before they are done with. 12 bytes for each segment that has one.
 */
final class Remnant {

    private static final int SEGMENT = 0;
    private static final int PARTS = 1;
    private static final int BYTES = 2;
    private static final int CELL = 3;

    private int[] cells = new int[CELL];
    private int count; // cells in use
    private long last;

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

    /** The highest number of all. */
    long last() {
        return last;
    }

    /** Gives back each part; all bytes of a segment with the first. */
    void free(Consumer<RecordLocation> freed) {
        for (int i = 0; i < count * CELL; i += CELL) {
            freed.accept(new RecordLocation(cells[i + SEGMENT], 0, cells[i + BYTES]));
            for (int part = 1; part < cells[i + PARTS]; part++) {
                freed.accept(new RecordLocation(cells[i + SEGMENT], 0, 0));
            }
        }
        count = 0;
    }
}
