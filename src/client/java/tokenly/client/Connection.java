package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.protocol.CloseCode;

/**
 * The one connection of a client: opens it, and opens the next one by the policy when it is lost. Each is a {@link Channel}. It knows
 * nothing of sessions. Belongs to the client's thread.
 */
final class Connection implements Channel.Listener {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private final Ports ports;
    private final ClientOptions options;
    private final ConnectionStatus status;
    private final ConnectionListener sessions;
    private final Backoff backoff;
    final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    private Policy policy = Policy.USUAL;
    private @Nullable Channel channel; // not null while CONNECTING or CONNECTED
    private @Nullable Leaving leaving; // not null while an open connection is being closed, and once it was
    private Timer.@Nullable Task due; // the welcome while CONNECTING, the next attempt while WAITING

    Connection(Ports ports, ClientOptions options, ConnectionListener sessions) {
        this.ports = ports;
        this.options = options;
        this.status = new ConnectionStatus(options.listener());
        this.sessions = sessions;
        this.backoff = new Backoff(ports.random(), options.maxAttempts());
    }

    /** Where it is; may be read by all. */
    ConnectionStatus status() {
        return status;
    }

    /** What the server has announced last. */
    Policy policy() {
        return policy;
    }

    /** The server of the current connection, as keys are filed. */
    String server() {
        return channel == null ? "" : channel.server();
    }

    /** Opens the first connection. */
    void start() {
        if (status.attempt() == 0 && status.state() == ClientState.CONNECTING) {
            open();
        }
    }

    /** Sends a frame; without an open connection it is dropped; its session sends it again on the next one. */
    void send(String frame) {
        if (status.isOpen() && channel != null) {
            channel.send(frame);
        }
    }

    private void open() {
        Channel opening = new Channel(ports, options, status.next(), this);
        channel = opening;
        due = ports.timer().after(policy.connectTimeout(), opening::dropLate);
        opening.open(options.address(), policy.connectTimeout());
    }

    private void welcomed(JsonObject frame) {
        cancelDue();
        policy = Policy.of(frame);
        backoff.follow(policy);
        if (policy.isTokenRequired() && (channel == null || !channel.hasToken())) {
            refuse(TokenlyException.unauthorized());
            return;
        }
        if (channel != null) {
            channel.watch(policy);
        }
        status.opened();
        sessions.opened();
    }

    /** The current connection holds a session, so it was a success. */
    void succeeded() {
        backoff.succeeded();
    }

    /** Cuts the connection and comes back. */
    void drop(String why) {
        if (channel != null) {
            channel.drop(why);
        }
    }

    /** The client leaves a server for good that will never take it. */
    private void refuse(TokenlyException why) {
        if (channel != null) {
            channel.abort();
        }
        lost(new CloseEvent(CloseCode.LOST.number(), String.valueOf(why.getMessage())), Optional.of(why));
    }

    private void lost(CloseEvent close, Optional<TokenlyException> stops) {
        cancelDue();
        if (channel != null) {
            channel.age().ifPresent(backoff::lived);
            channel = null;
        }
        LOG.log(Level.DEBUG, "connection {0} is lost: {1}", Long.toString(status.attempt()), close);
        status.lost(close);
        if (stops.isPresent()) {
            stopped(stops.get());
            closed.complete(null);
            return;
        }
        sessions.lost();
        if (close.isUnused() && status.isOpen() && sessions.isEmpty()) {
            status.move(ClientState.Event.RESTED);
            return;
        }
        backoff.next(close).ifPresentOrElse(this::waitFor, this::giveUp);
    }

    private void waitFor(Duration delay) {
        due = ports.timer().after(delay, this::tryAgain);
        status.waiting(backoff.tries(), delay);
    }

    private void giveUp() {
        status.move(ClientState.Event.GAVE_UP);
        status.refusal().ifPresent(sessions::gaveUp);
    }

    private void tryAgain() {
        cancelDue();
        status.move(ClientState.Event.TRIED);
        open();
    }

    /** A connection is needed. */
    void wake() {
        if (status.state() == ClientState.RESTING) {
            reconnectNow();
        }
    }

    void reconnectNow() {
        if (status.state() == ClientState.WAITING
                || status.state() == ClientState.GAVE_UP
                || status.state() == ClientState.RESTING) {
            backoff.restart();
            tryAgain();
        }
    }

    /** The network is another one: what waits for the next attempt need not, and an open connection may be none. */
    void networkChanged() {
        if (status.isOpen() && channel != null) {
            channel.probe();
        } else if (channel != null) {
            cancelDue();
            due = ports.timer().after(channel.staleIn(), this::beginAnew);
        } else if (status.state() != ClientState.RESTING) {
            reconnectNow();
        }
    }

    private void beginAnew() {
        backoff.restart(); // the attempt is not one that failed
        drop("the network is another one");
        reconnectNow();
    }

    /** Leaves: has its sessions ended where it is connected, and stops. */
    void close() {
        if (status.state() == ClientState.CLOSED) {
            return;
        }
        cancelDue();
        if (status.isOpen() && channel != null) {
            leave(channel);
        } else {
            if (channel != null) {
                channel.abort();
            }
            closed.complete(null);
        }
        channel = null;
        stopped(TokenlyException.clientClosed());
    }

    private void leave(Channel left) {
        left.stopWatching();
        Map<String, Runnable> held = sessions.leave();
        if (policy.canLeave() && !held.isEmpty()) {
            left.send(Frames.leave());
        } else {
            held.keySet().forEach(id -> left.send(Frames.destroyPeer(id)));
        }
        leaving = new Leaving(ports.timer(), left, held, () -> closed.complete(null));
    }

    private void stopped(TokenlyException why) {
        status.stopped(why);
        sessions.stopped(why);
    }

    private void cancelDue() {
        if (due != null) {
            due.cancel();
            due = null;
        }
    }

    @Override
    public void frame(String type, JsonObject frame) {
        if (status.state() == ClientState.CONNECTING) {
            if (!type.equals("welcome")) {
                throw new ServerFault("the first frame is no welcome, but " + type);
            }
            welcomed(frame);
        } else if (leaving != null) {
            leaving.frame(type, frame);
        } else if (type.equals("drain")) {
            backoff.drain(Fields.retryAfter(frame));
        } else if (type.equals("token-expiring") && channel != null) {
            channel.renewToken(Fields.expiresIn(frame));
        } else if (!type.equals("authenticated")) {
            sessions.frame(type, frame);
        }
    }

    @Override
    public void ended(CloseEvent close) {
        if (leaving != null) {
            leaving.ended();
        } else {
            lost(close, close.stops());
        }
    }
}
