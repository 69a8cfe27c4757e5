package tokenly.tool.load.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 125, 126, 200, 65_535, 65_536})
    void whatIsMaskedIsReadAgain(int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + i % 26);
        }
        ByteBuffer frame = FrameWriter.text(text);
        assertThat(frame.get() & 0xff).isEqualTo(0x81);
        assertThat(length(frame)).isEqualTo(length);
        assertThat(unmasked(frame)).isEqualTo(text);
    }

    private static long length(ByteBuffer frame) {
        int first = frame.get() & 0xff;
        assertThat(first).as("masked").isGreaterThanOrEqualTo(0x80);
        return switch (first & 0x7f) {
            case 126 -> frame.getShort() & 0xffff;
            case 127 -> frame.getLong();
            default -> first & 0x7f;
        };
    }

    private static byte[] unmasked(ByteBuffer frame) {
        byte[] mask = new byte[4];
        frame.get(mask);
        byte[] payload = new byte[frame.remaining()];
        frame.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }
}
