package tokenly.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.IdRule;

/** One session of a client. Thread-safe; no method blocks. */
public final class Peer {

    private final Session session;
    private final Executor thread;
    private final OutboxLimit quota;

    Peer(Session session, Executor thread, OutboxLimit quota) {
        this.session = session;
        this.thread = thread;
        this.quota = quota;
    }

    public String sessionId() {
        return session.id();
    }

    public String roomId() {
        return session.room();
    }

    /**
     * Sends a signal; signals of one thread are sent in its order. Completes when the server has it in the mailbox of every
     * addressee, or an {@link PeerListener#undeliverable} for it in that of this peer; that may be called before. Fails with a
     * {@link TokenlyException}: {@code outbox-full}, {@code frame-too-large}, {@code bad-id} and {@code closed} before it was
     * ever sent, {@code session-reset} and {@code session-lost} when it is not known whether it arrived.
     *
     * @throws IllegalArgumentException if its fields nest too deep for a frame
     */
    public CompletionStage<Receipt> send(Signal signal) {
        if (signal.to() != null) {
            try {
                IdRule.check(signal.to());
            } catch (IllegalArgumentException bad) {
                return CompletableFuture.failedStage(TokenlyException.badId(bad));
            }
        }
        Frames.Draft draft = Frames.Draft.of(session.id(), signal);
        if (!quota.take(draft.bytes())) {
            return CompletableFuture.failedStage(new TokenlyException(
                    TokenlyException.OUTBOX_FULL, true, "too much of this session is not acknowledged yet"));
        }
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        thread.execute(() -> session.send(draft, receipt));
        return receipt.whenComplete((acknowledged, failure) -> quota.give(draft.bytes()));
    }

    /**
     * Ends the session once all that was sent before is acknowledged; completes when it is gone. While the server refuses a signal,
     * as with {@code quota-exceeded} because others do not read, it waits; {@link Client#close} does not.
     */
    public CompletionStage<@Nullable Void> destroy() {
        thread.execute(session::leave);
        return session.gone();
    }

    /** Where it stands at this moment. */
    public CompletionStage<Credentials> credentials() {
        CompletableFuture<Credentials> now = new CompletableFuture<>();
        thread.execute(() -> now.complete(session.credentials()));
        return now.minimalCompletionStage();
    }
}
