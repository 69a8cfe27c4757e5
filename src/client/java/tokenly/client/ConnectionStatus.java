package tokenly.client;

import java.time.Duration;
import java.util.Optional;

/** Where the connection of a client is, and the only one that tells the listener. Changed on the client's thread; read by all. */
final class ConnectionStatus {

    private final ClientListener listener;
    private volatile ClientState state = ClientState.CONNECTING;
    private volatile long attempt;
    private volatile String lastLoss = "";
    private volatile TokenlyException end = TokenlyException.clientClosed(); // why, once it is CLOSED

    ConnectionStatus(ClientListener listener) {
        this.listener = listener;
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
            case CLOSED -> Optional.of(end);
            default -> Optional.empty();
        };
    }

    /** One more connection is opened; returns its number. */
    long next() {
        long next = attempt + 1; // only this thread writes it
        attempt = next;
        return next;
    }

    void move(ClientState.Event event) {
        state = state.after(event);
        tell(() -> listener.changed(state));
    }

    /** It will never be open again. */
    void stopped(TokenlyException why) {
        end = why;
        move(ClientState.Event.STOPPED);
    }

    void opened() {
        move(ClientState.Event.WELCOMED);
        tell(() -> listener.opened(attempt));
    }

    void lost(CloseEvent close) {
        lastLoss = close.toString();
        tell(() -> listener.lost(attempt, close.code(), close.reason()));
    }

    void waiting(int tries, Duration delay) {
        move(ClientState.Event.LOST);
        tell(() -> listener.waiting(tries, delay));
    }

    private static void tell(Runnable call) {
        SafeCall.call("the client", call);
    }
}
