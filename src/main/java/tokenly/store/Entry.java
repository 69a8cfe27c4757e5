package tokenly.store;

import java.util.Arrays;
import java.util.List;
import tokenly.session.Store;

/**
 * What one record of the log says.
 *
 * @param snapshots of sessions whose first record is about to be deleted
 * @param changes in the order in which they happened
 */
record Entry(List<Snapshot> snapshots, List<Store.Change> changes) {

    /** The last record of a log that was closed in peace. */
    static final Entry CLOSED = new Entry(List.of(), List.of());

    static Entry of(List<Store.Change> changes) {
        return new Entry(List.of(), changes);
    }

    /**
     * All that a session is, but for its messages.
     *
     * @param identity without messages
     * @param isSuspect see {@link SessionEntry#isSuspect}
     */
    record Snapshot(Store.Image identity, boolean isSuspect) {}

    /**
     * Where the parts of one or more entries stand, each in a record of a segment: where each snapshot and change begins, and
     * the last one of each entry ends. Used again and again.
     */
    static final class Offsets {

        private int[] offsets = new int[64];
        private int size;
        private int segment;
        private int shift;

        void add(int offset) {
            if (size == offsets.length) {
                offsets = Arrays.copyOf(offsets, size * 2);
            }
            offsets[size++] = offset;
        }

        int size() {
            return size;
        }

        /** Forgets all but the first {@code size}. */
        void cut(int size) {
            this.size = size;
        }

        /** The offsets are those in segment {@code number}, but for {@code distance} that is to be added to each. */
        void moveTo(int number, int distance) {
            segment = number;
            shift = distance;
        }

        /** Where part {@code index} stands. */
        RecordLocation location(int index) {
            return new RecordLocation(segment, shift + offsets[index], offsets[index + 1] - offsets[index]);
        }
    }

    boolean isClosing() {
        return snapshots.isEmpty() && changes.isEmpty();
    }

    /** How many things it says. */
    int size() {
        return snapshots.size() + changes.size();
    }
}
