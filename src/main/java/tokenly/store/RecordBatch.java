package tokenly.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Records that are written in one go. Used again and again, by the thread that has the write permit. */
final class RecordBatch {

    private final Output out = new Output();
    private final Entry.Offsets offsets = new Entry.Offsets();
    private final EntryEncoder encoder = new EntryEncoder(out, offsets);
    private final List<Entry> entries = new ArrayList<>();
    private final CRC32C crc = new CRC32C();

    void clear() {
        out.cut(0);
        offsets.cut(0);
        entries.clear();
    }

    /** Adds a record of {@code entry}; if it cannot be encoded, that throws, and changes nothing. */
    void add(Entry entry) {
        int start = out.position();
        int offsetCount = offsets.size();
        boolean isDone = false;
        try {
            out.putInt(0);
            out.putInt(0);
            out.putInt(0);
            encoder.encode(entry);
            close(start);
            entries.add(entry);
            isDone = true;
        } finally {
            if (!isDone) {
                out.cut(start);
                offsets.cut(offsetCount);
            }
        }
    }

    private void close(int start) {
        int body = start + LogFormat.FRAME_BYTES;
        int length = LogFormat.lengthField(out.position() - body, start == 0);
        crc.reset();
        crc.update(out.range(body, out.position()));
        out.setInt(start, length);
        out.setInt(start + Integer.BYTES, LogFormat.check(length));
        out.setInt(start + 2 * Integer.BYTES, (int) crc.getValue());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int length() {
        return out.position();
    }

    ByteBuffer bytes() {
        return out.range(0, out.position());
    }

    /** Its entries in order. For the one at {@code i} the offsets are the next {@link Entry#size} + 1. */
    List<Entry> entries() {
        return entries;
    }

    /** Where in the batch each part of each entry begins, and the last one of each ends. */
    Entry.Offsets offsets() {
        return offsets;
    }
}
