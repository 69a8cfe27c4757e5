package tokenly.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One session of a client. Thread-safe; no method blocks. */
public final class Peer {

    private final String sessionId;
    private final String roomId;

    Peer(String sessionId, String roomId) {
        this.sessionId = sessionId;
        this.roomId = roomId;
    }

    public String sessionId() {
        return sessionId;
    }

    public String roomId() {
        return roomId;
    }

    /**
     * Sends a signal; signals of one thread are sent in its order. Completes when the server has it in the mailbox of every
     * addressee, or an {@link PeerListener#undeliverable} for it in that of this peer; that may be called before. Fails with a
     * {@link TokenlyException}: {@code outbox-full}, {@code frame-too-large}, {@code bad-id} and {@code closed} before it was
     * ever sent, {@code session-reset} and {@code session-lost} when nobody knows whether it arrived.
     */
    public CompletionStage<Receipt> send(Signal signal) {
        return new CompletableFuture<>();
    }

    /** Ends the session. Completes when it is gone; what was sent before is sent still. */
    public CompletionStage<@Nullable Void> destroy() {
        return new CompletableFuture<>();
    }

    /** Where it stands at this moment. */
    public CompletionStage<Credentials> credentials() {
        return new CompletableFuture<>();
    }
}
