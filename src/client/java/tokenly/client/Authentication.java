package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the application's token to the server of one connection: asks for it before that is opened, and for a new one before it expires.
 * No message, log or listener sees it. Belongs to the client's thread.
 */
final class Authentication {

    private static final System.Logger LOG = System.getLogger(Authentication.class.getName());

    /** A renewal that failed is tried again after this share of the time that was left, so that a short life has its tries, too. */
    private static final int TRIES = 10;

    private final Ports ports;
    private final @Nullable Supplier<? extends CompletionStage<String>> source; // null: the application has no token
    private final ClientListener listener;
    private final Channel channel;
    private Duration limit = Policy.USUAL.connectTimeout(); // of each renewal
    private @Nullable String token; // null before it is there, and once it was shown
    private Timer.@Nullable Task due; // the end of a wait for a token, or the next try
    private int asked; // how many times; an answer to an older question is dropped
    private boolean isOver;

    Authentication(Ports ports, ClientOptions options, Channel channel) {
        this.ports = ports;
        this.source = options.token();
        this.listener = options.listener();
        this.channel = channel;
    }

    /** Asks for a token if the application has any, and then runs {@code next}; if none comes, the channel is dropped. */
    void prepare(Runnable next) {
        if (source == null) {
            next.run();
            return;
        }
        ask(
                source,
                found -> {
                    token = found;
                    next.run();
                },
                failure -> channel.drop(String.valueOf(failure.getMessage())));
    }

    /** Whether the application has a token. */
    boolean hasSource() {
        return source != null;
    }

    /** The server has said welcome: shows the token to one that knows tokens. */
    void show(Policy policy) {
        limit = policy.connectTimeout();
        if (token != null && policy.canAuthenticate()) {
            channel.send(Frames.auth(token), Frames.AUTH_SHOWN);
        }
        token = null;
    }

    /** The token expires after {@code left}: another one is shown before. */
    void renew(Duration left) {
        if (source instanceof FixedToken) {
            tell(TokenlyException.tokenNotRenewable());
        } else if (source != null) {
            renew(source, ports.timer().now().plus(left), left.dividedBy(TRIES));
        }
    }

    private void renew(Supplier<? extends CompletionStage<String>> source, Duration expiry, Duration pause) {
        cancelDue();
        Consumer<TokenlyException> failed = failure -> {
            asked++;
            cancelDue();
            tell(failure);
            if (ports.timer().now().plus(pause).compareTo(expiry) < 0) {
                due = ports.timer().after(pause, () -> renew(source, expiry, pause));
            }
        };
        due = ports.timer().after(limit, () -> failed.accept(TokenlyException.tokenLate()));
        ask(
                source,
                found -> {
                    cancelDue();
                    channel.send(Frames.auth(found), Frames.AUTH_SHOWN);
                },
                failed);
    }

    /** Neither is called once it is over, or was asked anew. */
    private void ask(
            Supplier<? extends CompletionStage<String>> source,
            Consumer<String> taken,
            Consumer<TokenlyException> failed) {
        int number = ++asked;
        answer(source)
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (isOver || number != asked) {
                                return;
                            }
                            if (failure != null) {
                                failed.accept(TokenlyException.tokenFailed(ConnectFailure.cause(failure)));
                            } else if (FixedToken.isToken(found)) {
                                taken.accept(found);
                            } else {
                                failed.accept(TokenlyException.tokenMissing());
                            }
                        },
                        ports.thread());
    }

    private static CompletionStage<String> answer(Supplier<? extends CompletionStage<String>> source) {
        try {
            return Objects.requireNonNull(source.get(), "the function returned no stage");
        } catch (RuntimeException failed) { // the application's own
            return CompletableFuture.failedStage(failed);
        }
    }

    private void tell(TokenlyException failure) {
        LOG.log(Level.WARNING, "the token cannot be renewed: {0}", failure.getMessage());
        SafeCall.call("the client", () -> listener.tokenNotRenewed(failure));
    }

    /** The connection is gone, or is being left. */
    void end() {
        isOver = true;
        token = null;
        cancelDue();
    }

    private void cancelDue() {
        if (due != null) {
            due.cancel();
            due = null;
        }
    }
}
