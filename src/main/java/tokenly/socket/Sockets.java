package tokenly.socket;

import jakarta.websocket.Session;
import java.util.concurrent.Executor;
import tokenly.session.Switchboard;
import tokenly.session.Timer;

/** Makes a connection of each socket, tells the switchboard of it, and has its heartbeat watched. */
public final class Sockets {

    private final Switchboard switchboard;
    private final Timer timer;
    private final Heartbeat heartbeat;
    private final Executor executor;
    private final int maxUnsentBytes;

    /**
     * @param executor for the container's calls that may block: pings and closes
     * @param maxUnsentBytes most bytes that may wait for one slow reader
     */
    public Sockets(Switchboard switchboard, Timer timer, HeartbeatTimes times, Executor executor, int maxUnsentBytes) {
        this.switchboard = switchboard;
        this.timer = timer;
        this.heartbeat = new Heartbeat(times, timer);
        this.executor = executor;
        this.maxUnsentBytes = maxUnsentBytes;
    }

    SocketConnection open(Session socket) {
        SocketConnection connection = new SocketConnection(
                new Socket(socket, executor, timer), switchboard, timer, heartbeat, maxUnsentBytes);
        switchboard.opened(connection);
        heartbeat.watch(connection);
        return connection;
    }
}
