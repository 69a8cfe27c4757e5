package tokenly.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of records on their way to a file: numbers in as few bytes as they need (LEB128), text as UTF-8. Ids that come again
 * in a record are named by their place in it. Text must be well-formed Unicode, as all is that came in a WebSocket frame
 * (RFC 6455, section 8.1). One thread at a time.
 */
final class Output {

    /** So many ids of a record can be named again: the sender's are among the first, those of many receivers come once. */
    static final int KNOWN_IDS = 16;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 13);
    private final List<String> known = new ArrayList<>(KNOWN_IDS);

    /** A record begins: no id has been named yet. */
    void beginRecord() {
        known.clear();
    }

    void putByte(int value) {
        ensure(1);
        bytes.put((byte) value);
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        bytes.putInt(value);
    }

    /** @param value as an unsigned number */
    void putNumber(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putNumber(utf8.length);
        ensure(utf8.length);
        bytes.put(utf8);
    }

    void putId(String id) {
        int index = known.indexOf(id);
        putNumber(index + 1);
        if (index < 0) {
            putText(id);
            if (known.size() < KNOWN_IDS) {
                known.add(id);
            }
        }
    }

    private void ensure(int count) {
        if (bytes.remaining() < count) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(bytes.capacity() * 2, bytes.position() + count));
            bytes = larger.put(bytes.flip());
        }
    }

    int position() {
        return bytes.position();
    }

    /** Forgets all from {@code position} on. */
    void cut(int position) {
        bytes.position(position);
    }

    /** What stands between the two positions, to be read. */
    ByteBuffer range(int from, int to) {
        return bytes.duplicate().position(from).limit(to);
    }

    /** Sets what was left open at {@code position}. */
    void setInt(int position, int value) {
        bytes.putInt(position, value);
    }
}
