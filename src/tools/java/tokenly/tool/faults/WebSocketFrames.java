package tokenly.tool.faults;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Follows what a WebSocket client sends, from the first byte of its handshake, to know where a frame ends (RFC 6455, section 5.2). It
 * checks nothing. For the loop's thread.
 */
final class WebSocketFrames {

    private static final byte[] END_OF_HANDSHAKE = {'\r', '\n', '\r', '\n'};
    private static final int SHORT_HEAD = 2;
    private static final int MASK_KEY = 4;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;

    private final byte[] head =
            new byte[SHORT_HEAD + Long.BYTES + MASK_KEY]; // of the present frame; the last 4 bytes of a handshake
    private int inHead;
    private long payloadLeft;
    private boolean isOpen; // the handshake is over

    /** The next bytes, which stay as they are. */
    void follow(ByteBuffer bytes) {
        ByteBuffer next = bytes.duplicate();
        while (next.hasRemaining()) {
            if (payloadLeft > 0) {
                int skipped = (int) Math.min(payloadLeft, next.remaining());
                next.position(next.position() + skipped);
                payloadLeft -= skipped;
            } else if (isOpen) {
                headByte(next.get());
            } else {
                handshakeByte(next.get());
            }
        }
    }

    /** Whether the handshake is over, and every frame that was begun. */
    boolean isBetweenFrames() {
        return isOpen && inHead == 0 && payloadLeft == 0;
    }

    private void handshakeByte(byte next) {
        System.arraycopy(head, 1, head, 0, END_OF_HANDSHAKE.length - 1);
        head[END_OF_HANDSHAKE.length - 1] = next;
        isOpen = Arrays.equals(head, 0, END_OF_HANDSHAKE.length, END_OF_HANDSHAKE, 0, END_OF_HANDSHAKE.length);
    }

    private void headByte(byte next) {
        head[inHead++] = next;
        if (inHead < SHORT_HEAD || inHead < headLength()) {
            return;
        }
        inHead = 0;
        payloadLeft = switch (head[1] & LENGTH) {
            case LENGTH_OF_16_BITS -> ByteBuffer.wrap(head).getShort(SHORT_HEAD) & 0xFFFF;
            case LENGTH_OF_64_BITS -> ByteBuffer.wrap(head).getLong(SHORT_HEAD);
            default -> head[1] & LENGTH;
        };
    }

    private int headLength() {
        int ofLength = switch (head[1] & LENGTH) {
            case LENGTH_OF_16_BITS -> Short.BYTES;
            case LENGTH_OF_64_BITS -> Long.BYTES;
            default -> 0;
        };
        return SHORT_HEAD + ofLength + ((head[1] & MASKED) == 0 ? 0 : MASK_KEY);
    }
}
