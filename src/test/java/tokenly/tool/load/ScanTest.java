package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tokenly.session.SessionId;
import tokenly.wire.Encoder;

/** On frames as the server writes them. */
class ScanTest {

    private static final SessionId RECEIVER = new SessionId("r-1");

    /** As it stands in the client's buffer: not from its beginning, and with something behind it. */
    private static ByteBuffer utf8(String frame) {
        byte[] bytes = ("\"seq\":99" + frame + "\"seq\":98").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(bytes, 8, bytes.length - 16);
    }

    @Test
    void theNumberOfTheMailboxIsFoundBeforeThatOfTheSource() {
        ByteBuffer frame = utf8("{\"type\":\"message\",\"session_id\":\"r\",\"from\":\"s\",\"seq\":1207,"
                + "\"source\":{\"epoch\":\"e\",\"seq\":12},\"data\":\"x\"}");
        assertThat(Scan.kind(frame)).isEqualTo(Scan.MESSAGE);
        assertThat(Scan.seq(frame)).isEqualTo(1_207);
    }

    @Test
    void anAckEndsWithItsNumber() {
        ByteBuffer frame = utf8(Encoder.ack(Map.of(RECEIVER, 9_007_199_254_740_991L)));
        assertThat(Scan.kind(frame)).isEqualTo(Scan.ACK);
        assertThat(Scan.lastNumber(frame)).isEqualTo(9_007_199_254_740_991L);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(Scan.seq(utf8("{\"type\":\"pong\"}"))).isEqualTo(-1);
        assertThat(Scan.seq(utf8("{\"seq\":\"1\"}"))).isEqualTo(-1);
        assertThat(Scan.lastNumber(utf8("{\"received\":{}}"))).isEqualTo(-1);
        assertThat(Scan.kind(utf8("joined"))).isEqualTo((char) 0);
    }
}
