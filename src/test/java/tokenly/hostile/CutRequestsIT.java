package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Many questions for the status in one pipeline, cut before the answers: they leave no traces in the log. */
class CutRequestsIT extends AttackContract {

    private static final byte[] PIPELINE =
            "GET /status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(50).getBytes(StandardCharsets.US_ASCII);

    @Override
    void attack() throws Exception {
        int length = server().process().log().length();
        for (int i = 0; i < Scale.times(60); i++) {
            cut();
        }
        assertThat(server().process().log().substring(length)).doesNotContain("SEVERE", "\tat ");
    }

    private void cut() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address(1), 0));
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), server().process().port()));
            OutputStream out = socket.getOutputStream();
            out.write(PIPELINE);
            socket.getInputStream().read(); // the first answer has begun
            socket.setSoLinger(true, 0);
        }
    }
}
