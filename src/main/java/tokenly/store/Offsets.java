package tokenly.store;

import java.util.Arrays;

/** Where the parts of records begin and end: a list of numbers that is used again and again. */
final class Offsets {

    private int[] offsets = new int[64];
    private int size;

    void add(int offset) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        offsets[size++] = offset;
    }

    int get(int index) {
        return offsets[index];
    }

    int size() {
        return size;
    }

    /** Forgets all but the first {@code size}. */
    void cut(int size) {
        this.size = size;
    }
}
