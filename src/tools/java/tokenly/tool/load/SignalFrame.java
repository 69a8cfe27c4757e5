package tokenly.tool.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tokenly.tool.text.UsageException;

/** A frame with a signal, of the same length whatever its number. Not thread-safe. */
final class SignalFrame {

    private static final byte[] DATA = ",\"data\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBER = 19;

    private final byte[] frame;
    private final int start; // of the number

    /** @throws UsageException if all that must be in a frame is longer than the frame */
    SignalFrame(PeerAddress address) {
        byte[] head = ("{\"type\":\"message\",\"session_id\":\"" + address.session() + "\",\"to\":\"" + address.to()
                        + "\",\"seq\":")
                .getBytes(StandardCharsets.UTF_8);
        int least = head.length + LONGEST_NUMBER + DATA.length + END.length;
        if (address.bytes() < least) {
            throw new UsageException("option_too_small", "--size", address.bytes(), least);
        }
        frame = new byte[address.bytes()];
        start = head.length;
        Arrays.fill(frame, (byte) 'x');
        System.arraycopy(head, 0, frame, 0, start);
        System.arraycopy(END, 0, frame, frame.length - END.length, END.length);
    }

    /** The frame with the number {@code seq}, valid until the next call; numbers only grow. */
    byte[] numbered(long seq) {
        int digits = 1;
        for (long rest = seq / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = seq;
        for (int i = start + digits - 1; i >= start; i--) {
            frame[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        System.arraycopy(DATA, 0, frame, start + digits, DATA.length);
        return frame;
    }
}
