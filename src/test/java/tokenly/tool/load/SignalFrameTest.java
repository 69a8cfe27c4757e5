package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.text.UsageException;

class SignalFrameTest {

    @Test
    void itIsAsLongWhateverItsNumber() {
        SignalFrame frame = new SignalFrame(new PeerAddress("a-session", "another", "a-room", 200));
        for (long seq : new long[] {1, 9, 10, 99_999, 100_000, 9_007_199_254_740_991L}) {
            byte[] bytes = frame.numbered(seq);
            assertThat(bytes).hasSize(200);
            JsonDocument json = JsonDocument.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(json.isFor("a-session")).isTrue();
            assertThat(json.get("to")).isEqualTo("another");
            assertThat(json.get("seq")).isEqualTo(BigDecimal.valueOf(seq));
            assertThat(Scan.seq(ByteBuffer.wrap(bytes))).isEqualTo(seq);
        }
    }

    @Test
    void aSizeThatIsTooSmallIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> new SignalFrame(new PeerAddress("a-session", "another", "a-room", 50)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--size cannot be 50");
    }
}
