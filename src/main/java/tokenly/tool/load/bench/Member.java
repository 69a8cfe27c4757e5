package tokenly.tool.load.bench;

import org.jspecify.annotations.Nullable;
import tokenly.tool.load.ws.Client;
import tokenly.tool.load.ws.Connection;
import tokenly.tool.load.ws.Ending;
import tokenly.tool.load.ws.Listener;

/** One peer of a room, on a connection of its own. All of it happens on the thread of its client. */
abstract class Member implements Listener {

    private static final int NORMAL = 1000; // PROTOCOL.md, "Close codes"

    private final Client client;
    private final Seat seat;
    private final Ears ears;
    private final SignalFrame frame;
    private @Nullable Connection connection; // not null from join on
    private boolean isLeaving;
    private long sent; // messages

    Member(Client client, Seat seat, Ears ears) {
        this.client = client;
        this.seat = seat;
        this.ears = ears;
        this.frame = new SignalFrame(seat);
    }

    /** Connects, and joins its room. */
    final void join() {
        connection = client.connect(this);
    }

    /** Sends the other its next message. */
    final void say() {
        send(frame.numbered(++sent));
    }

    /** Says goodbye. */
    final void leave() {
        isLeaving = true;
        if (connection != null) {
            connection.close(NORMAL);
        }
    }

    /** Messages that it has sent. */
    final long sent() {
        return sent;
    }

    /** Messages of its own that the server answers for. */
    abstract long answeredFor();

    @Override
    public void ended(Ending ending) {
        if (!isLeaving) {
            ears.failed(ending.name());
        }
    }

    final void send(byte[] frame) {
        if (connection != null) {
            connection.send(frame);
        }
    }

    final Client client() {
        return client;
    }

    final Seat seat() {
        return seat;
    }

    final Ears ears() {
        return ears;
    }
}
