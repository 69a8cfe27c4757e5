package tokenly.store;

import java.util.Arrays;

/** Where the parts of records begin and end: a list of numbers that is used again and again. */
final class Offsets {

    private int[] marks = new int[64];
    private int size;

    void add(int mark) {
        if (size == marks.length) {
            marks = Arrays.copyOf(marks, size * 2);
        }
        marks[size++] = mark;
    }

    int get(int index) {
        return marks[index];
    }

    int size() {
        return size;
    }

    /** Forgets all but the first {@code size}. */
    void cut(int size) {
        this.size = size;
    }
}
