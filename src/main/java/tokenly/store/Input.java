package tokenly.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one record as {@link Output} wrote it. What does not fit throws {@link IndexOutOfBoundsException}. */
final class Input {

    private final byte[] bytes;
    private final int end;
    private int position;
    private final List<String> known = new ArrayList<>(Output.KNOWN_IDS);

    /** Over {@code bytes} from {@code start} to {@code end}. */
    Input(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position == end;
    }

    int getByte() {
        if (position >= end) {
            throw new IndexOutOfBoundsException("a record ends too early");
        }
        return bytes[position++];
    }

    long getNumber() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = getByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number has no end");
    }

    /** How many things follow, each of them at least a byte. */
    int getCount() {
        long count = getNumber();
        if (count < 0 || count > end - position) {
            throw new IndexOutOfBoundsException("a record announces more than it holds");
        }
        return (int) count;
    }

    String getText() {
        int length = getCount();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    String getId() {
        long index = getNumber();
        if (index > 0) {
            return known.get((int) index - 1);
        }
        String id = getText();
        if (known.size() < Output.KNOWN_IDS) {
            known.add(id);
        }
        return id;
    }
}
