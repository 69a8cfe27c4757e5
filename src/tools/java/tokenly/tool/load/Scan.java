package tokenly.tool.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds in a frame of the server's what load needs, without reading all of it: a generator that costs as much as the server
 * would measure itself. It relies on the order in which Tokenly writes its fields: {@code type} first, {@code seq} before what
 * the other peer has chosen.
 */
final class Scan {

    /** A {@code message}. */
    static final char MESSAGE = 'm';

    /** An {@code ack}; no peer sends an {@code answer} here. */
    static final char ACK = 'a';

    /** A {@code welcome}. */
    static final char WELCOME = 'w';

    private static final int KIND = "{\"type\":\"".length();
    private static final byte[] SEQ = "\"seq\":".getBytes(StandardCharsets.US_ASCII);

    private Scan() {}

    /** The first letter of its type; 0 if it is shorter than any, or {@code authenticated}. */
    static char kind(ByteBuffer utf8) {
        if (utf8.remaining() <= KIND + 1) {
            return 0;
        }
        char first = (char) utf8.get(utf8.position() + KIND);
        return first == ACK && utf8.get(utf8.position() + KIND + 1) != 'c' ? 0 : first;
    }

    /** The first {@code seq} in it; -1 if there is none. */
    static long seq(ByteBuffer utf8) {
        int last = utf8.limit() - SEQ.length;
        for (int i = utf8.position(); i < last; i++) {
            if (isSeqAt(i, utf8)) {
                return number(utf8, i + SEQ.length);
            }
        }
        return -1;
    }

    private static boolean isSeqAt(int start, ByteBuffer utf8) {
        for (int i = 0; i < SEQ.length; i++) {
            if (utf8.get(start + i) != SEQ[i]) {
                return false;
            }
        }
        return true;
    }

    /** The number that stands before the closing brackets at its end; -1 if there is none. */
    static long lastNumber(ByteBuffer utf8) {
        int end = utf8.limit();
        while (end > utf8.position() && utf8.get(end - 1) == '}') {
            end--;
        }
        int start = end;
        while (start > utf8.position() && isDigit(utf8.get(start - 1))) {
            start--;
        }
        return start == end ? -1 : number(utf8, start);
    }

    private static long number(ByteBuffer utf8, int start) {
        int i = start;
        long number = 0;
        while (i < utf8.limit() && isDigit(utf8.get(i))) {
            number = 10 * number + (utf8.get(i++) - '0');
        }
        return i == start ? -1 : number;
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }
}
