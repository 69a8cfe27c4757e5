package tokenly.client;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.protocol.CloseCode;

/**
 * One numbered connection, from the attempt to open it to its end: reads and writes its frames, and watches that it is alive. It knows
 * nothing of the connections before and after it. Belongs to the client's thread.
 */
final class Channel implements Transport.Listener {

    private static final System.Logger LOG = System.getLogger(Channel.class.getName());

    /** So long an attempt may go without an answer where the network has become another one since it began. */
    private static final Duration STALE = Duration.ofSeconds(2);

    private static final String NO_WELCOME = "no welcome in time";

    private final Ports ports;
    private final @Nullable FrameTap tap;
    private final Authentication authentication;
    private final long attempt;
    private final Listener listener;
    private final Duration begun;
    private Transport.@Nullable Link link; // null before it is opened, and once it is over
    private @Nullable Heartbeat heartbeat; // not null exactly while it is watched
    private @Nullable Duration openedAt; // null before it is watched
    private @Nullable Address address; // null before it is known
    private String late = NO_WELCOME; // the reason if the time of the attempt is up now
    private boolean isOver; // the listener hears nothing more

    /** What comes from a channel. */
    interface Listener {

        /**
         * A frame has come.
         *
         * @throws ServerFault if it is not what the protocol allows: the channel is then dropped
         */
        void frame(String type, JsonObject frame);

        /** It is gone, or could not be opened. The last call, and only one. */
        void ended(CloseEvent close);
    }

    Channel(Ports ports, ClientOptions options, long attempt, Listener listener) {
        this.ports = ports;
        this.tap = options.frames();
        this.authentication = new Authentication(ports, options, this);
        this.attempt = attempt;
        this.listener = listener;
        this.begun = ports.timer().now();
    }

    /** Asks for the token and then for the address, and begins to open it. */
    void open(Supplier<? extends CompletionStage<URI>> source, Duration connectTimeout) {
        late = String.valueOf(TokenlyException.tokenLate().getMessage());
        authentication.prepare(() -> openWithToken(source, connectTimeout));
    }

    private void openWithToken(Supplier<? extends CompletionStage<URI>> source, Duration connectTimeout) {
        late = ConnectFailure.ADDRESS_LATE;
        address(source)
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (failure != null) {
                                drop(ConnectFailure.address(failure));
                            } else if (!isOver) {
                                address = found;
                                late = NO_WELCOME;
                                link = ports.transport().open(found, this, connectTimeout);
                            }
                        },
                        ports.thread());
    }

    private static CompletionStage<Address> address(Supplier<? extends CompletionStage<URI>> source) {
        try {
            return source.get().thenApply(Address::new);
        } catch (RuntimeException failed) { // the application's own
            return CompletableFuture.failedStage(failed);
        }
    }

    /** The server, as keys are filed; empty before the address is known. */
    String server() {
        return address == null ? "" : address.server();
    }

    /** Whether the server is shown a token: that of the application, or one in the address. */
    boolean hasToken() {
        return authentication.hasSource() || (address != null && address.holdsToken());
    }

    /** It is open: shows the token first, and is watched from now on as {@code policy} says. */
    void watch(Policy policy) {
        openedAt = ports.timer().now();
        heartbeat = new Heartbeat(
                ports.timer(), policy, this::progress, () -> send(Frames.ping()), () -> drop("nothing was heard"));
        authentication.show(policy);
    }

    /** The token that was shown expires after {@code left}. */
    void renewToken(Duration left) {
        authentication.renew(left);
    }

    private Transport.Progress progress() {
        return link == null ? Transport.Progress.NONE : link.progress();
    }

    /** Asks the server for an answer: if nothing moves for 2 s, it is lost. */
    void probe() {
        if (heartbeat != null) {
            heartbeat.probe();
        }
    }

    /** How much longer an attempt is to be given in a network that is another one. */
    Duration staleIn() {
        Duration left = begun.plus(STALE).minus(ports.timer().now());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** For how long it has been open; empty if it never was. */
    Optional<Duration> age() {
        return Optional.ofNullable(openedAt).map(ports.timer().now()::minus);
    }

    /** Sends a frame after all those before it; does nothing if it is over. */
    void send(String frame) {
        send(frame, frame);
    }

    /** The same, of which a tap sees only {@code shown}. */
    void send(String frame, String shown) {
        if (link == null) {
            return;
        }
        if (tap != null) {
            SafeCall.call("the client", () -> tap.out(attempt, shown));
        }
        link.send(frame);
    }

    /** Closes it with {@code code} once everything is sent; it is watched no more. */
    void close(int code) {
        stopWatching();
        if (link != null) {
            link.close(code);
        }
    }

    /** Cuts it at once; its listener hears nothing more. */
    void abort() {
        if (link != null) {
            link.abort();
        }
        end();
    }

    /** Cuts it at once; its listener hears {@code why}. */
    void drop(String why) {
        if (!isOver) {
            abort();
            listener.ended(new CloseEvent(CloseCode.LOST.number(), why));
        }
    }

    /** The time of the attempt is up: drops it for what is still missing. */
    void dropLate() {
        drop(late);
    }

    private void end() {
        isOver = true;
        link = null;
        stopWatching();
    }

    /** It is never called lost from now on, and shows no token more. */
    void stopWatching() {
        authentication.end();
        if (heartbeat != null) {
            heartbeat.stop();
            heartbeat = null;
        }
    }

    @Override
    public void heard() {
        if (heartbeat != null) {
            heartbeat.heard();
        }
    }

    @Override
    public void text(String text) {
        if (isOver) {
            return;
        }
        heard();
        if (tap != null) {
            SafeCall.call("the client", () -> tap.in(attempt, text));
        }
        try {
            JsonObject frame = Fields.parse(text);
            listener.frame(Fields.text(frame, "type"), frame);
        } catch (ServerFault fault) {
            LOG.log(Level.WARNING, "the server breaks the protocol: {0}", fault.getMessage());
            drop(String.valueOf(fault.getMessage()));
        }
    }

    @Override
    public void closed(int code, String reason) {
        if (!isOver) {
            end();
            listener.ended(new CloseEvent(code, reason));
        }
    }
}
