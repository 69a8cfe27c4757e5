package tokenly.tool.faults;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** A close frame of WebSocket (RFC 6455, section 5.5.1). */
final class CloseFrame {

    private CloseFrame() {}

    /**
     * One that seems to come from a client: masked, with zeros.
     *
     * @param closeCode none if it is empty
     */
    static byte[] fromClient(OptionalInt closeCode) {
        byte[] empty = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};
        if (closeCode.isEmpty()) {
            return empty;
        }
        ByteBuffer frame = ByteBuffer.allocate(empty.length + Short.BYTES).put(empty);
        return frame.putShort((short) closeCode.getAsInt())
                .put(1, (byte) (0x80 | Short.BYTES))
                .array();
    }
}
