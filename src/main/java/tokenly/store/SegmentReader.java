package tokenly.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the records of one segment one after the other, and says of each whether it is as it was written. */
final class SegmentReader implements Closeable {

    private static final int WINDOW_BYTES = 1 << 18;

    private final Disk.OpenFile file;
    private final int end;
    private byte[] window;
    private int windowStart;
    private int windowEnd;
    private int offset;
    private int next;

    /** Reads from {@code start} to {@code end}; takes over {@code file}. */
    SegmentReader(Disk.OpenFile file, int start, int end) {
        this.file = file;
        this.next = start;
        this.end = end;
        window = new byte[Math.min(WINDOW_BYTES, Math.max(0, end - start))];
        windowStart = start;
        windowEnd = start;
    }

    /** What stands at a place where a record should. */
    enum Found {
        RECORD,
        /** Nothing: the segment ends here. */
        END,
        /** The beginning of a record, cut off by the end of the segment. */
        TORN,
        /** Bytes that are no record. */
        BAD
    }

    /** Goes on to the next record; {@link Found#RECORD} if there is one. */
    Found next() throws IOException {
        offset = next;
        if (offset == end) {
            return Found.END;
        }
        Found found = look(offset);
        if (found == Found.RECORD) {
            next = bodyEndOffset();
        }
        return found;
    }

    private Found look(int at) throws IOException {
        if (at + LogFormat.FRAME_BYTES > end) {
            return Found.TORN;
        }
        load(at, LogFormat.FRAME_BYTES);
        int field = intAt(at);
        if (LogFormat.check(field) != intAt(at + Integer.BYTES)) {
            return Found.BAD;
        }
        long length = (long) LogFormat.FRAME_BYTES + LogFormat.bodyLength(field);
        if (at + length > end) {
            return Found.TORN;
        }
        load(at, (int) length);
        int body = at + LogFormat.FRAME_BYTES - windowStart;
        int check = LogFormat.check(window, body, body + LogFormat.bodyLength(field));
        return check == intAt(at + 2 * Integer.BYTES) ? Found.RECORD : Found.BAD;
    }

    /**
     * Whether, behind what was found last, there is a record that begins a batch: then whatever was written before it had
     * been answered for.
     */
    boolean findsLaterBatch() throws IOException {
        for (int at = offset + 1; at + LogFormat.FRAME_BYTES <= end; at++) {
            load(at, LogFormat.FRAME_BYTES);
            if (LogFormat.beginsBatch(intAt(at)) && look(at) == Found.RECORD) {
                return true;
            }
        }
        return false;
    }

    /** Where in the segment the record begins that was found last, or what is no record. */
    int offset() {
        return offset;
    }

    /** An array that holds the body of the record, from {@link #bodyStart} to {@link #bodyEnd}, until the next call. */
    byte[] bytes() {
        return window;
    }

    int bodyStart() {
        return offset + LogFormat.FRAME_BYTES - windowStart;
    }

    int bodyEnd() {
        return bodyEndOffset() - windowStart;
    }

    /** From positions in {@link #bytes} to offsets in the segment. */
    int shift() {
        return windowStart;
    }

    private int bodyEndOffset() {
        return offset + LogFormat.FRAME_BYTES + LogFormat.bodyLength(intAt(offset));
    }

    private int intAt(int at) {
        int i = at - windowStart;
        return window[i] << 24 | (window[i + 1] & 0xff) << 16 | (window[i + 2] & 0xff) << 8 | (window[i + 3] & 0xff);
    }

    /** Sees to it that the window holds {@code length} bytes from {@code from} on; that is before the end. */
    private void load(int from, int length) throws IOException {
        if (from + length <= windowEnd) {
            return;
        }
        byte[] target = length > window.length ? new byte[length] : window;
        int kept = Math.max(0, windowEnd - from);
        System.arraycopy(window, windowEnd - windowStart - kept, target, 0, kept);
        window = target;
        windowStart = from;
        windowEnd = from + kept;
        ByteBuffer rest = ByteBuffer.wrap(window, kept, Math.min(window.length, end - from) - kept);
        while (rest.hasRemaining()) {
            int count = file.read(rest, windowEnd);
            if (count < 0) {
                throw new EOFException("a segment ends " + (end - windowEnd) + " bytes early");
            }
            windowEnd += count;
        }
    }

    @Override
    public void close() throws IOException {
        window = Arrays.copyOf(window, 0);
        file.close();
    }
}
