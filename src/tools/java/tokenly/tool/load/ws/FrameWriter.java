package tokenly.tool.load.ws;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** Writes whole frames as a client does, masked (RFC 6455, section 5). */
final class FrameWriter {

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final int LONGEST_HEAD = 14;

    private FrameWriter() {}

    static ByteBuffer text(byte[] utf8) {
        return frame(Opcode.TEXT, ByteBuffer.wrap(utf8));
    }

    static ByteBuffer close(int code) {
        return frame(Opcode.CLOSE, ByteBuffer.allocate(2).putShort(0, (short) code));
    }

    /** @param payload of the ping that it answers */
    static ByteBuffer pong(ByteBuffer payload) {
        return frame(Opcode.PONG, payload);
    }

    private static ByteBuffer frame(int opcode, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + length).put((byte) (FINAL | opcode));
        if (length < LENGTH_IN_2_BYTES) {
            frame.put((byte) (MASKED | length));
        } else if (length <= 0xffff) {
            frame.put((byte) (MASKED | LENGTH_IN_2_BYTES)).putShort((short) length);
        } else {
            frame.put((byte) (MASKED | LENGTH_IN_8_BYTES)).putLong(length);
        }
        // The mask keeps strangers from choosing the bytes on the wire (section 10.3); here all of them are our own.
        int mask = ThreadLocalRandom.current().nextInt();
        frame.putInt(mask);
        long mask8 = (long) mask << 32 | (mask & 0xffffffffL);
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            frame.putLong(payload.getLong() ^ mask8);
        }
        for (; i < length; i++) {
            frame.put((byte) (payload.get() ^ mask >>> (24 - 8 * (i % 4))));
        }
        return frame.flip();
    }
}
