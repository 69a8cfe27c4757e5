package tokenly.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.IdRule;

/**
 * One session of a client: a peer in a room. It lives until {@link #destroy}, {@link Client#close}, or a call of
 * {@link PeerListener#ended} or {@link PeerListener#takenOver}. Thread-safe; no method blocks.
 */
public final class Peer {

    private final Session session;
    private final Executor thread;
    private final OutboxLimit limit;

    Peer(Session session, Executor thread, OutboxLimit limit) {
        this.session = session;
        this.thread = thread;
        this.limit = limit;
    }

    /**
     * The name of this peer in its room.
     *
     * @return as given to {@link Client#createPeer}
     */
    public String sessionId() {
        return session.id();
    }

    /**
     * The name of its room.
     *
     * @return as given to {@link Client#createPeer}
     */
    public String roomId() {
        return session.identity().room();
    }

    /**
     * Who owns the name of another peer in the room. It stays the same while that peer comes back, reloads or is moved by its key, and
     * is another one when the name has another owner.
     *
     * @param peer its session id
     * @return opaque text; empty if no such peer is known to be in the room, or the server is an older one
     */
    public Optional<String> incarnation(String peer) {
        return session.presence().incarnation(peer);
    }

    /**
     * The STUN and TURN servers that the server names to this peer. The client asks for new credentials by itself while it is connected,
     * when three quarters of their time are over: so take the list anew for each call.
     *
     * @return an immutable list; empty if the server names none, or is an older one
     */
    public List<IceServer> iceServers() {
        return session.answers().iceServers().list();
    }

    /**
     * Sends a signal to one peer or to all others in the room. Signals from one thread keep their order. A signal to one peer is for the
     * owner that the name has at this moment: if it gets another one first, {@link PeerListener#undeliverable} has the reason
     * {@code replaced}.
     *
     * @param signal what to send
     * @return completes when the server has stored the signal for every addressee, or has stored for this peer that it cannot be delivered
     *     (then {@link PeerListener#undeliverable} is called, perhaps before this completes). Fails with a {@link TokenlyException}: with
     *     {@code outbox-full}, {@code frame-too-large}, {@code bad-id} and {@code closed} it was never sent; with {@code session-reset},
     *     {@code session-lost} and {@code gave-up} it may or may not have arrived. What has failed is never sent again by the client
     * @throws IllegalArgumentException if the fields of the signal nest deeper than a frame may
     */
    public CompletionStage<Receipt> send(Signal signal) {
        if (signal.to() != null) {
            try {
                IdRule.check(signal.to());
            } catch (IllegalArgumentException bad) {
                return CompletableFuture.failedStage(TokenlyException.badId(bad));
            }
        }
        Frames.Draft draft = Frames.Draft.of(session.id(), signal, session.presence());
        if (!limit.take(draft.bytes())) {
            return CompletableFuture.failedStage(new TokenlyException(
                    TokenlyException.OUTBOX_FULL, true, "too much of this session is not acknowledged yet"));
        }
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        thread.execute(() -> session.send(draft, receipt));
        return receipt.whenComplete((acknowledged, failure) -> limit.give(draft.bytes()));
    }

    /**
     * Leaves the room and ends the session, after the last acknowledgement of what was sent before. While the server refuses a signal, as with
     * {@code quota-exceeded} because others do not read, this waits; {@link Client#close} does not.
     *
     * @return completes when the session has ended, or when the client has given up: then the server ends it after its resume window. It
     *     completes, too, when another client takes the session over first: then {@link PeerListener#takenOver} is called, and the session
     *     goes on there
     */
    public CompletionStage<@Nullable Void> destroy() {
        thread.execute(session::leave);
        return session.ended();
    }

    /**
     * What another client needs to take this session over: see {@link Client#takeOver}.
     *
     * @return the credentials at this moment; they hold a secret, the resume key
     */
    public CompletionStage<Credentials> credentials() {
        CompletableFuture<Credentials> now = new CompletableFuture<>();
        thread.execute(() -> now.complete(session.credentials()));
        return now.minimalCompletionStage();
    }
}
