package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.protocol.CloseCode;

/**
 * The one connection of a client: opens it, and opens the next one by the policy when it is lost. Each is a {@link Channel}. It knows
 * nothing of sessions. Belongs to the client's thread; the volatile fields may be read by all.
 */
final class Connection implements Channel.Listener {

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    /** How long the server may take to answer a close. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Ports ports;
    private final ClientListener listener;
    private final @Nullable FrameTap tap;
    private final Listener sessions;
    private final Backoff backoff;
    final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    private volatile ClientState state = ClientState.CONNECTING;
    private volatile long attempt;
    private Policy policy = Policy.USUAL;
    private @Nullable Channel channel; // not null while CONNECTING or CONNECTED, and while a close is under way
    private Timer.@Nullable Task
            due; // the welcome while CONNECTING, the next attempt while WAITING, the end of a close
    private String lastLoss = "";

    /** What the connection is for. */
    interface Listener {

        void opened();

        /** A frame that is about sessions. */
        void frame(String type, JsonObject frame);

        void lost();

        /** Whether it needs no connection. */
        boolean isEmpty();

        /** There will be no connection until the application asks for one; {@code failure} is the outcome of all that waits. */
        void gaveUp(TokenlyException failure);

        /** There will be no connection any more. */
        void stopped(String reason);
    }

    Connection(Ports ports, ClientOptions options, Listener sessions) {
        this.ports = ports;
        this.listener = options.listener();
        this.tap = options.frames();
        this.sessions = sessions;
        this.backoff = new Backoff(ports.random(), options.maxAttempts());
    }

    ClientState state() {
        return state;
    }

    /** Number of the newest connection; 0 before the first. */
    long attempt() {
        return attempt;
    }

    boolean isOpen() {
        return state == ClientState.CONNECTED;
    }

    /** Why what needs a connection fails at once; empty as long as there is one, or will be. */
    Optional<TokenlyException> refusal() {
        return switch (state) {
            case GAVE_UP -> Optional.of(TokenlyException.gaveUp(lastLoss));
            case CLOSED -> Optional.of(TokenlyException.clientClosed());
            default -> Optional.empty();
        };
    }

    /** What the server has announced last. */
    Policy policy() {
        return policy;
    }

    /** Opens the first connection. */
    void start() {
        if (attempt == 0 && state == ClientState.CONNECTING) {
            open();
        }
    }

    /** Sends a frame; without an open connection it is dropped; its session sends it again on the next one. */
    void send(String frame) {
        if (isOpen() && channel != null) {
            channel.send(frame);
        }
    }

    private void open() {
        long next = attempt + 1; // only this thread writes it
        attempt = next;
        Channel opening = new Channel(ports, tap, next, this);
        channel = opening;
        due = ports.timer().after(policy.connectTimeout(), () -> opening.drop("no welcome in time"));
        opening.open(policy.connectTimeout());
    }

    private void welcomed(JsonObject frame) {
        cancelDue();
        policy = Policy.of(frame);
        backoff.follow(policy);
        if (channel != null) {
            channel.watch(policy);
        }
        move(ClientState.Event.WELCOMED);
        tell(() -> listener.opened(attempt));
        sessions.opened();
    }

    /** The current connection holds a session, so it was a success. */
    void succeeded() {
        backoff.succeeded();
    }

    /** Cuts the connection and comes back. */
    void drop(String why) {
        if (channel != null && state != ClientState.CLOSED) {
            channel.drop(why);
        }
    }

    private void lost(CloseEvent close) {
        cancelDue();
        if (channel != null) {
            channel.age().ifPresent(backoff::lived);
            channel = null;
        }
        lastLoss = close.toString();
        LOG.log(Level.DEBUG, "connection {0} is lost: {1}", Long.toString(attempt), close);
        tell(() -> listener.lost(attempt, close.code(), close.reason()));
        Optional<String> stops = close.stops();
        if (stops.isPresent()) {
            stopped(stops.get());
            closed.complete(null);
            return;
        }
        sessions.lost();
        if (close.isUnused() && isOpen() && sessions.isEmpty()) {
            move(ClientState.Event.RESTED);
            return;
        }
        backoff.next(close).ifPresentOrElse(this::waitFor, this::giveUp);
    }

    private void waitFor(Duration delay) {
        due = ports.timer().after(delay, this::tryAgain);
        move(ClientState.Event.LOST);
        tell(() -> listener.waiting(backoff.tries(), delay));
    }

    private void giveUp() {
        move(ClientState.Event.GAVE_UP);
        sessions.gaveUp(TokenlyException.gaveUp(lastLoss));
    }

    private void tryAgain() {
        cancelDue();
        move(ClientState.Event.TRIED);
        open();
    }

    /** A connection is needed. */
    void wake() {
        if (state == ClientState.RESTING) {
            reconnectNow();
        }
    }

    void reconnectNow() {
        if (state == ClientState.WAITING || state == ClientState.GAVE_UP || state == ClientState.RESTING) {
            backoff.restart();
            tryAgain();
        }
    }

    /** The network is another one: what waits for the next attempt need not, and an open connection may be none. */
    void networkChanged() {
        switch (state) {
            case WAITING, GAVE_UP -> reconnectNow();
            case CONNECTED -> probe();
            case CONNECTING, RESTING, CLOSED -> {}
        }
    }

    private void probe() {
        if (channel != null) {
            channel.probe();
        }
    }

    /** Leaves. */
    void close() {
        if (state == ClientState.CLOSED) {
            return;
        }
        cancelDue();
        Channel closing = channel;
        if (closing == null) {
            closed.complete(null);
        } else {
            closing.close(CloseCode.NORMAL.number());
            due = ports.timer().after(CLOSE_TIMEOUT, () -> {
                closing.abort();
                closed.complete(null);
            });
        }
        stopped("closed");
    }

    private void stopped(String reason) {
        move(ClientState.Event.STOPPED);
        sessions.stopped(reason);
    }

    private void move(ClientState.Event event) {
        state = state.after(event);
        tell(() -> listener.changed(state));
    }

    private static void tell(Runnable call) {
        SafeCall.call("the client", call);
    }

    private void cancelDue() {
        if (due != null) {
            due.cancel();
            due = null;
        }
    }

    @Override
    public void frame(String type, JsonObject frame) {
        if (state == ClientState.CONNECTING) {
            if (!type.equals("welcome")) {
                throw new ServerFault("the first frame is no welcome, but " + type);
            }
            welcomed(frame);
        } else if (state != ClientState.CLOSED) {
            if (type.equals("drain")) {
                backoff.drain(Fields.retryAfter(frame));
            } else {
                sessions.frame(type, frame);
            }
        }
    }

    @Override
    public void ended(CloseEvent close) {
        if (state == ClientState.CLOSED) {
            cancelDue();
            closed.complete(null);
        } else {
            lost(close);
        }
    }
}
