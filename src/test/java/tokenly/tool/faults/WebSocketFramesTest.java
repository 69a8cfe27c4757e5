package tokenly.tool.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {

    private static final byte[] HANDSHAKE = "GET /rtc HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII);
    private static final int MASKED = 0x80;

    private final WebSocketFrames frames = new WebSocketFrames();

    @Test
    void nothingIsBetweenFramesBeforeTheHandshakeIsOver() {
        assertThat(frames.isBetweenFrames()).isFalse();
        for (byte next : HANDSHAKE) {
            assertThat(frames.isBetweenFrames()).isFalse();
            follow(next);
        }
        assertThat(frames.isBetweenFrames()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 200_000})
    void aFrameEndsWithItsLastByte(int length) {
        frames.follow(ByteBuffer.wrap(HANDSHAKE));
        List<Boolean> ends = new ArrayList<>();
        byte[] frame = frame(length);
        for (byte next : frame) {
            follow(next);
            ends.add(frames.isBetweenFrames());
        }
        assertThat(ends.indexOf(true)).isEqualTo(frame.length - 1);
    }

    @Test
    void severalFramesMayComeAtOnceAndInPieces() {
        ByteBuffer all = ByteBuffer.allocate(HANDSHAKE.length + frame(300).length + frame(3).length)
                .put(HANDSHAKE)
                .put(frame(300))
                .put(frame(3))
                .flip();
        frames.follow(all.slice(0, HANDSHAKE.length + 100));
        assertThat(frames.isBetweenFrames()).isFalse();
        frames.follow(all.slice(HANDSHAKE.length + 100, all.limit() - HANDSHAKE.length - 100));
        assertThat(frames.isBetweenFrames()).isTrue();
        assertThat(all.position()).as("it only looks").isZero();
    }

    private void follow(byte next) {
        frames.follow(ByteBuffer.wrap(new byte[] {next}));
    }

    /** A masked text frame. */
    private static byte[] frame(int length) {
        ByteBuffer frame = ByteBuffer.allocate(14 + length).put((byte) 0x81);
        if (length < 126) {
            frame.put((byte) (MASKED | length));
        } else if (length < 1 << 16) {
            frame.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(length);
        }
        frame.position(frame.position() + 4 + length);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
