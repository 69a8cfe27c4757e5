package tokenly.socket;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.session.Connection;
import tokenly.session.Departure;
import tokenly.session.Notice;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.wire.CloseCode;
import tokenly.wire.Encoder;

/** One socket as the model sees it: it sends, it shows signs of life, and it goes, once. Thread-safe. */
final class SocketConnection implements Connection {

    private static final System.Logger LOG = System.getLogger(SocketConnection.class.getName());

    private final Socket socket;
    private final Switchboard switchboard;
    private final Timer timer;
    private final Heartbeat heartbeat;
    private final Outbox outbox;

    private volatile Duration lastHeard; // written by the container's thread of this socket
    private boolean gone; // guarded by this
    private boolean isReported; // guarded by this; gone, and the switchboard knows
    private @Nullable CompletableFuture<Boolean> probe; // guarded by this; null while nobody asks
    private Timer.@Nullable Task nextCheck; // guarded by this; of the heartbeat

    SocketConnection(Socket socket, Switchboard switchboard, Timer timer, Heartbeat heartbeat, int maxUnsentBytes) {
        this.socket = socket;
        this.switchboard = switchboard;
        this.timer = timer;
        this.heartbeat = heartbeat;
        this.outbox = new Outbox(socket::send, maxUnsentBytes, timer::now, this::failed);
        this.lastHeard = timer.now();
    }

    @Override
    public void send(Notice notice) {
        send(Encoder.encode(notice));
    }

    /** Sends one text frame after all that were sent before. */
    void send(String text) {
        if (!outbox.offer(text)) {
            giveUp(CloseCode.TOO_SLOW);
        }
    }

    @Override
    public CompletionStage<Boolean> probe() {
        CompletableFuture<Boolean> asked;
        synchronized (this) {
            if (isReported) {
                return CompletableFuture.completedStage(false);
            }
            if (probe != null) {
                return probe;
            }
            asked = new CompletableFuture<>();
            probe = asked;
            if (gone) {
                return asked; // answered as soon as the switchboard has been told
            }
        }
        heartbeat.probe(this);
        return asked;
    }

    @Override
    public void stop() {
        socket.close(CloseCode.RESTART);
    }

    /** Something came from the far side: it is alive. */
    void heard() {
        lastHeard = timer.now();
        answerProbe(true);
    }

    /** When something was last heard, in the timer's time; at first, when the connection opened. */
    Duration lastHeard() {
        return lastHeard;
    }

    Optional<Duration> sendingSince() {
        return outbox.sendingSince();
    }

    /** Pings, unless a send is under way: then the ping would wait behind it, and the send has its own limit. */
    void ping() {
        if (sendingSince().isEmpty()) {
            socket.ping();
        }
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** The heartbeat's next look at it. It is called off once there is nothing to look at, for it keeps the whole socket in memory. */
    void nextCheck(Timer.Task check) {
        synchronized (this) {
            if (!gone) {
                nextCheck = check;
                return;
            }
        }
        check.cancel();
    }

    /** Closes the socket, which counts as lost from now on, whether or not the far side ever answers. */
    void lose(CloseCode code) {
        if (end(Departure.LOST)) {
            LOG.log(Level.INFO, "connection {0} is lost: {1}", socket.id(), code);
            socket.close(code);
        }
    }

    /** The socket is closed or as good as; only the first call counts, and returns true. */
    boolean end(Departure departure) {
        Timer.Task check;
        synchronized (this) {
            if (gone) {
                return false;
            }
            gone = true;
            check = nextCheck;
            nextCheck = null;
        }
        if (check != null) {
            check.cancel();
        }
        outbox.close();
        switchboard.closed(this, departure);
        synchronized (this) {
            isReported = true;
        }
        answerProbe(false);
        return true;
    }

    private void failed(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "connection " + socket.id() + " could not be sent to", cause);
        giveUp(CloseCode.SEND_FAILED);
    }

    /** For a lane that finds it lost while it sends: one loss makes more sends, and those must not pile up on one stack. */
    private void giveUp(CloseCode code) {
        outbox.close();
        socket.execute(() -> lose(code));
    }

    private void answerProbe(boolean isAlive) {
        CompletableFuture<Boolean> asked;
        synchronized (this) {
            asked = probe;
            probe = null;
        }
        if (asked != null) {
            asked.complete(isAlive);
        }
    }
}
