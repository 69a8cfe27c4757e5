package tokenly.tool.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.load.ws.WebSocketConnection;

/** A peer of the plain relay: its first message names its room, and the first answer says that it is in. */
final class PlainMember extends BenchPeer {

    private boolean isInside;
    private long received; // the number of the last message

    PlainMember(WebSocketClient client, PeerAddress address, BenchListener listener) {
        super(client, address, listener);
    }

    @Override
    public void opened(WebSocketConnection connection) {
        isInside = false;
        received = 0;
        connection.send(address().room().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void text(ByteBuffer utf8) {
        if (!isInside) {
            isInside = true;
            listener().joined();
        } else if (Scan.seq(utf8) == received + 1) {
            received++;
            listener().heard();
        } else {
            listener().failed("out-of-order");
        }
    }

    /** The relay has no answer; one task later is as good. */
    @Override
    void ask() {
        client().after(Duration.ZERO, listener()::joined);
    }

    /** The relay answers for nothing. */
    @Override
    long answeredFor() {
        return sent();
    }
}
