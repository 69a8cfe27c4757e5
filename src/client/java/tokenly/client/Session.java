package tokenly.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/** The client's side of one session, over all its connections. Belongs to the client's thread. */
final class Session {

    private final PeerRequest request;
    private final SessionIdentity identity;
    private final PeerListener listener;
    private final Sessions host;
    private final Exchange exchange;
    private final Answers answers;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    private SessionState state;
    private boolean isLeaving; // it was asked to end

    /** A session that is to be created, or taken over. */
    Session(PeerRequest request, Sessions host) {
        this.request = request;
        this.identity = new SessionIdentity(request);
        this.listener = request.listener();
        this.host = host;
        this.exchange = new Exchange(request);
        this.answers = new Answers(this, exchange, host);
        this.state = request.taken() == null ? SessionState.CREATING : SessionState.DETACHED;
    }

    String id() {
        return identity.id();
    }

    SessionIdentity identity() {
        return identity;
    }

    /** The highest mailbox number that was processed. */
    long received() {
        return exchange.received();
    }

    Credentials credentials() {
        return identity.credentials(exchange);
    }

    /** Who is in the room; its incarnations may be read by all. */
    Presence presence() {
        return exchange.presence();
    }

    /** Takes what the server answers. */
    Answers answers() {
        return answers;
    }

    boolean isAttached() {
        return state == SessionState.ATTACHED;
    }

    /** Whether it was attached to a connection once. */
    boolean isKnown() {
        return request.ready().isDone();
    }

    boolean isToBeCreated() {
        return state == SessionState.CREATING;
    }

    boolean isToBeResumed() {
        return state == SessionState.DETACHED;
    }

    /** Numbers a signal, keeps it, and sends it as soon as may be. */
    void send(Frames.Draft draft, CompletableFuture<Receipt> receipt) {
        if (state == SessionState.ENDED || isLeaving) {
            receipt.completeExceptionally(TokenlyException.closed());
            return;
        }
        Optional<TokenlyException> refusal = host.refusal();
        if (refusal.isPresent()) {
            receipt.completeExceptionally(refusal.get());
            return;
        }
        if (!exchange.add(draft, receipt, host.frameBytes())) {
            receipt.completeExceptionally(new TokenlyException(
                    TokenlyException.FRAME_TOO_LARGE,
                    false,
                    "the frame has about " + draft.bytes() + " bytes, and this server takes at most "
                            + host.frameBytes()));
            return;
        }
        flush();
    }

    /** Ends it, as soon as the server has acknowledged what was sent, and can be told. */
    void leave() {
        if (!isLeaving) {
            isLeaving = true;
            flush();
            host.refusal().ifPresent(this::gaveUp);
        }
    }

    /** Completes when it has ended. */
    CompletionStage<@Nullable Void> ended() {
        return ended.minimalCompletionStage();
    }

    /** Its connection is gone. */
    void lost() {
        state = state.after(SessionState.Event.LOST);
        exchange.lost();
    }

    /** A pause is over: what the server could not take is sent again; an {@code ack} may have been among it. */
    void sendAgain() {
        switch (state) {
            case CREATING -> host.create(this);
            case DETACHED -> host.resume(List.of(this));
            case ATTACHED -> {
                exchange.rewind();
                if (exchange.received() > 0) {
                    host.owe(this);
                }
                flush();
            }
            case ENDED -> {}
        }
    }

    /** The server has forgotten the session: it is created again. */
    void createAgain() {
        if (isLeaving) {
            destroyed();
            return;
        }
        if (state == SessionState.ATTACHED) {
            state = state.after(SessionState.Event.LOST);
        }
        state = state.after(SessionState.Event.GONE);
        host.create(this);
    }

    /** The server does not know that this connection holds the session: it is asked for it again. */
    void resumeAgain() {
        if (state == SessionState.ATTACHED) {
            lost();
            host.forget(this); // its acks may belong to an epoch that is over
            host.resume(List.of(this));
        }
    }

    /** The current connection holds the session. */
    void attached() {
        if (state != SessionState.ATTACHED) {
            state = state.after(SessionState.Event.ATTACHED);
        }
        host.attached(this);
        request.ready().complete(this);
        flush();
    }

    /** A message from the mailbox, or one of those that tell of peers that are away. */
    void message(String type, JsonObject frame) {
        if (state != SessionState.ATTACHED) {
            return; // it comes again after the answer that is awaited
        }
        if (frame.get("seq").isEmpty()) {
            return; // of a later server
        }
        exchange.take(type, frame);
        host.owe(this);
    }

    /** {@code peer-destroyed}. */
    void destroyed() {
        host.forgetKey(this);
        end("destroyed", isLeaving ? TokenlyException.closed() : TokenlyException.sessionLost());
    }

    /** {@code taken-over}. */
    void takenOver() {
        if (finish(TokenlyException.sessionLost())) {
            SafeCall.call(id(), listener::takenOver);
        }
    }

    /**
     * Nothing is tried any more until the application asks for it: all that waits fails with {@code failure}. A session that exists is
     * resumed then, without the signals that have failed.
     */
    void gaveUp(TokenlyException failure) {
        if (isLeaving) {
            end("destroyed", failure);
        } else if (isKnown()) {
            exchange.abandon(failure);
        } else {
            end(failure.code(), failure);
        }
    }

    /** The client has stopped. */
    void stopped(TokenlyException why) {
        if (why.code().equals("taken-over")) {
            takenOver();
        } else {
            end(why.code(), isKnown() ? TokenlyException.ofKnownSession(why) : why);
        }
    }

    /** It has ended; {@code failure} is the outcome of all that waits. */
    void end(String reason, TokenlyException failure) {
        if (finish(failure)) {
            SafeCall.call(id(), () -> listener.ended(reason));
        }
    }

    private boolean finish(TokenlyException failure) {
        if (state == SessionState.ENDED) {
            return false;
        }
        state = state.after(SessionState.Event.ENDED);
        host.remove(this);
        exchange.end(failure);
        answers.iceServers().stop();
        request.ready().completeExceptionally(failure);
        ended.complete(null);
        return true;
    }

    /** Sends what is due, and once the last signal is acknowledged, that the session ends: with it the server forgets what it could not take. */
    void flush() {
        if (state != SessionState.ATTACHED || host.isPaused(this)) {
            return;
        }
        for (Optional<String> frame = exchange.poll(); frame.isPresent(); frame = exchange.poll()) {
            host.send(frame.get());
        }
        if (isLeaving && exchange.isAllAcked()) {
            host.send(Frames.destroyPeer(id()));
        }
    }
}
