package tokenly.tool.load;

import org.jspecify.annotations.Nullable;
import tokenly.tool.load.ws.CloseOutcome;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.load.ws.WebSocketConnection;
import tokenly.tool.load.ws.WebSocketListener;

/** One peer of a room, on a connection of its own. All of it happens on the thread of its client. */
abstract class BenchPeer implements WebSocketListener {

    private static final int NORMAL = 1000; // PROTOCOL.md, "Close codes"

    private final WebSocketClient client;
    private final PeerAddress address;
    private final BenchListener listener;
    private final SignalFrame frame;
    private @Nullable WebSocketConnection connection; // not null from join on
    private boolean isLeaving;
    private boolean isCut; // by itself
    private long sent; // messages

    BenchPeer(WebSocketClient client, PeerAddress address, BenchListener listener) {
        this.client = client;
        this.address = address;
        this.listener = listener;
        this.frame = new SignalFrame(address);
    }

    /** Connects, and joins its room, or comes back to it. */
    final void join() {
        isCut = false;
        connection = client.connect(this);
    }

    /** Its connection ends without a word. */
    final void cut() {
        isCut = true;
        if (connection != null) {
            connection.abort();
        }
    }

    /** Sends the other its next message. */
    final void say() {
        send(frame.numbered(++sent));
    }

    /** Ends its session and its connection. */
    final void leave() {
        isLeaving = true;
        sayGoodbye();
        if (connection != null) {
            connection.close(NORMAL);
        }
    }

    /** Ends its session, where a close does not. */
    void sayGoodbye() {}

    /** Messages that it has sent. */
    final long sent() {
        return sent;
    }

    /** Messages of its own that the server answers for. */
    abstract long answeredFor();

    /** Asks for an answer that comes after all that is under way to it now; {@link BenchListener#joined} is called then, once more. */
    abstract void ask();

    @Override
    public void ended(CloseOutcome outcome) {
        if (isLeaving && outcome.equals(CloseOutcome.closed(NORMAL))) {
            listener.left();
        } else if (!isCut) {
            listener.failed(outcome.name());
        }
    }

    final void send(byte[] frame) {
        if (connection != null) {
            connection.send(frame);
        }
    }

    final WebSocketClient client() {
        return client;
    }

    final PeerAddress address() {
        return address;
    }

    final BenchListener listener() {
        return listener;
    }
}
