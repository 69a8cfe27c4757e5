package tokenly.socket;

import jakarta.websocket.Session;
import java.util.concurrent.Executor;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.wire.Encoder;
import tokenly.wire.Terms;

/** Makes a connection of each socket, tells the switchboard of it, and has its heartbeat watched. */
public final class Sockets {

    private final SocketConnection.Surroundings surroundings;
    private final Terms terms;
    private final Executor executor;

    /**
     * @param terms for resumable clients
     * @param executor for the container's calls that may block: pings and closes
     * @param maxUnsentBytes most bytes that may wait for one slow reader
     */
    public Sockets(
            Switchboard switchboard,
            Timer timer,
            HeartbeatTimes times,
            Terms terms,
            Executor executor,
            int maxUnsentBytes) {
        this.surroundings = new SocketConnection.Surroundings(
                switchboard, timer, new Heartbeat(times, timer), new Acknowledgements(timer), maxUnsentBytes);
        this.terms = terms;
        this.executor = executor;
    }

    SocketConnection open(Session socket) {
        SocketConnection connection =
                new SocketConnection(new Socket(socket, executor, surroundings.timer()), surroundings);
        surroundings.switchboard().opened(connection);
        surroundings.heartbeat().watch(connection);
        if (connection.dialect().isResumable()) {
            connection.send(Encoder.welcome(connection.id(), terms));
        }
        return connection;
    }
}
