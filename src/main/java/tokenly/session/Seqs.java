package tokenly.session;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * An immutable list of numbers that takes 8 bytes for each, or, where each is one more than the one before, 8 bytes for all.
 * Equal to every list of the same numbers. Thread-safe.
 */
public final class Seqs extends AbstractList<Long> implements RandomAccess {

    private final long[] values; // of a run only the first
    private final int size;

    private Seqs(long[] values, int size) {
        this.values = values;
        this.size = size;
    }

    /** Of {@code values} in their order; takes the array over. */
    public static List<Long> of(long[] values) {
        for (int i = 1; i < values.length; i++) {
            if (values[i] != values[i - 1] + 1) {
                return new Seqs(values, values.length);
            }
        }
        return values.length == 0 ? List.of() : run(values[0], values.length);
    }

    /**
     * {@code first} and those that follow it.
     *
     * @param count of all, at least 1
     */
    public static List<Long> run(long first, int count) {
        return new Seqs(new long[] {first}, count);
    }

    @Override
    public Long get(int index) {
        Objects.checkIndex(index, size);
        return values.length == size ? values[index] : values[0] + index;
    }

    @Override
    public int size() {
        return size;
    }
}
