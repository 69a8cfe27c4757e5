package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many sockets with a part of a request, of a handshake or of a question for the status, that goes on byte by byte. */
class SlowRequestsIT extends AttackContract {

    private static final List<String> REQUESTS = List.of(
            "GET /status HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "GET /rtc HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");

    @Override
    void attack() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < Scale.times(400); i++) {
                sockets.add(connect());
            }
            for (int at = 0; at < 20; at++) {
                for (int i = 0; i < sockets.size(); i++) {
                    byte[] request = REQUESTS.get(i % 2).getBytes(StandardCharsets.US_ASCII);
                    sockets.get(i).getOutputStream().write(request[at]);
                }
                assertThat(server().isServing())
                        .as("after %d bytes of each", at + 1)
                        .isTrue();
            }
            good().assertANewcomerGetsIn();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.bind(new InetSocketAddress(address(1), 0));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server().process().port()));
        return socket;
    }
}
