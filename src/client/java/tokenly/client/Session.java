package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.protocol.ErrorCode;

/** The client's side of one session, over all its connections. Belongs to the client's thread. */
final class Session {

    private static final System.Logger LOG = System.getLogger(Session.class.getName());

    /** Refusals of a {@code create-peer} that may be none the next time. */
    private static final Set<ErrorCode> RETRYABLE =
            EnumSet.of(ErrorCode.STORE_FAILED, ErrorCode.ROOM_FULL, ErrorCode.SERVER_FULL, ErrorCode.QUOTA_EXCEEDED);

    private final Credentials first;
    private final PeerListener listener;
    private final Sessions host;
    private final Exchange exchange;
    private final CompletableFuture<Session> ready; // once it was attached, or never will be
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

    private SessionState state;
    private boolean isLeaving; // it was asked to end

    /**
     * A session that is to be created, or taken over.
     *
     * @param isTakenOver whether it exists as {@code who} says
     * @param ready completes when it is attached for the first time
     */
    Session(
            Credentials who,
            boolean isTakenOver,
            PeerListener listener,
            CompletableFuture<Session> ready,
            Sessions host) {
        this.first = who;
        this.listener = listener;
        this.ready = ready;
        this.host = host;
        this.exchange = new Exchange(who, listener);
        this.state = isTakenOver ? SessionState.DETACHED : SessionState.CREATING;
    }

    String id() {
        return first.sessionId();
    }

    String room() {
        return first.roomId();
    }

    /** The highest mailbox number that was processed. */
    long received() {
        return exchange.received();
    }

    Credentials credentials() {
        return exchange.credentials(first);
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
        if (!exchange.add(draft, receipt, host.frameBytes())) {
            receipt.completeExceptionally(new TokenlyException(
                    TokenlyException.FRAME_TOO_LARGE, false, "a frame has at most " + host.frameBytes() + " bytes"));
            return;
        }
        pump();
    }

    /** Ends it, as soon as the server has acknowledged what was sent, and can be told. */
    void leave() {
        if (!isLeaving) {
            isLeaving = true;
            sendLeaving();
        }
    }

    /** Completes when it has ended. */
    CompletionStage<@Nullable Void> gone() {
        return gone;
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
                pump();
                if (exchange.received() > 0) {
                    host.owe(this);
                }
                sendLeaving();
            }
            case ENDED -> {}
        }
    }

    /** {@code peer-created}. */
    void created(JsonObject frame) {
        if (state != SessionState.CREATING) {
            return; // answered again
        }
        if (!frame.truth("success").orElse(false)) {
            notCreated(frame.object("error").orElse(JsonObject.EMPTY));
            return;
        }
        String epoch = Fields.text(frame, "epoch");
        List<String> peers = Fields.texts(frame, "peers");
        if (ready.isDone()) {
            exchange.beginAgain(epoch, peers);
        } else {
            exchange.begin(epoch);
            SafeCall.call(id(), () -> listener.created(peers));
        }
        attached();
    }

    private void notCreated(JsonObject error) {
        String name = Fields.errorName(error);
        Optional<ErrorCode> code = ErrorCode.of(name);
        Optional<Duration> retryAfter = Fields.retryAfter(error);
        boolean isToBeRepeated = code.filter(
                        known -> known == ErrorCode.RATE_LIMITED || (known == ErrorCode.STORE_FAILED && ready.isDone()))
                .isPresent();
        if (isToBeRepeated) {
            host.pause(this, retryAfter);
        } else {
            boolean isRetryable = code.filter(RETRYABLE::contains).isPresent();
            String message = error.text("message").orElse("not created");
            end(name, new TokenlyException(name, isRetryable, message, retryAfter.orElse(null)));
        }
    }

    /** {@code resumed}: the answer to a {@code resume}, or a new epoch unasked. Returns its outcome, unless that is asked for once more. */
    Optional<ResumeRound.Outcome> resumed(JsonObject frame) {
        String outcome = Fields.text(frame, "outcome");
        switch (outcome) {
            case "resumed" -> {
                return goOn(Fields.whole(frame, "received"), Fields.whole(frame, "last"));
            }
            case "reset" -> {
                reset(frame);
                return Optional.of(ResumeRound.Outcome.RESET);
            }
            case "gone" -> {
                forgotten();
                return Optional.of(ResumeRound.Outcome.GONE);
            }
            default -> throw new ServerFault("no resume ends with " + outcome);
        }
    }

    private Optional<ResumeRound.Outcome> goOn(long received, long last) {
        if (exchange.isWrittenOff()) {
            return Optional.empty(); // the answer to a question before; a new epoch was asked for since
        }
        if (exchange.isBehind(received, last)) {
            beginAnew(received);
            return Optional.empty();
        }
        exchange.goOn(received, last);
        attached();
        return Optional.of(ResumeRound.Outcome.RESUMED);
    }

    /** The server went back to {@code received}, and does not know it: it is asked for a new epoch. */
    private void beginAnew(long received) {
        String reason = "store-went-back";
        writeOff(reason, OptionalLong.of(received), TokenlyException.sessionReset(reason));
        exchange.askForNewEpoch();
        lost();
        host.resume(List.of(this));
    }

    private void reset(JsonObject frame) {
        String reason = Fields.text(frame, "reason");
        List<String> peers = Fields.texts(frame, "peers");
        String next = Fields.text(frame, "epoch");
        writeOff(reason, frame.whole("received"), TokenlyException.sessionReset(reason));
        exchange.beginAgain(next, peers);
        attached();
    }

    private void forgotten() {
        writeOff("gone", OptionalLong.empty(), TokenlyException.sessionLost());
        exchange.forgotten();
        if (isLeaving) {
            end("destroyed", TokenlyException.closed());
            return;
        }
        if (state == SessionState.ATTACHED) {
            state = state.after(SessionState.Event.LOST);
        }
        state = state.after(SessionState.Event.GONE);
        host.create(this);
    }

    private void writeOff(String reason, OptionalLong received, TokenlyException failure) {
        if (!exchange.isWrittenOff()) {
            host.forget(this); // what it owes, and waits for, belongs to the epoch that is over
            exchange.writeOff(reason, received, failure);
        }
    }

    private void attached() {
        if (state != SessionState.ATTACHED) {
            state = state.after(SessionState.Event.ATTACHED);
        }
        host.relax(this);
        ready.complete(this);
        pump();
        sendLeaving();
    }

    /** A message from the mailbox, or one of those that tell of peers that are away. */
    void message(String type, JsonObject frame) {
        if (state != SessionState.ATTACHED) {
            return; // it comes again after the answer that is awaited
        }
        exchange.take(type, frame);
        host.owe(this);
    }

    /** {@code ack}. */
    void acknowledged(long received) {
        if (exchange.isTakenBack(received) && state == SessionState.ATTACHED) {
            beginAnew(received);
            return;
        }
        noteAcked(received);
        pump();
        sendLeaving();
    }

    private void noteAcked(long received) {
        if (exchange.acknowledge(received)) {
            host.relax(this);
        }
    }

    /** {@code error}. */
    void error(JsonObject frame) {
        switch (ErrorCode.of(Fields.errorName(frame)).orElse(ErrorCode.BAD_FRAME)) {
            case BUSY, SEQ_GAP, STORE_FAILED, RATE_LIMITED, QUOTA_EXCEEDED ->
                refused(frame.whole("received"), Fields.retryAfter(frame));
            case UNKNOWN_SESSION -> {
                if (state == SessionState.ATTACHED) {
                    lost();
                    host.forget(this); // its acks may belong to an epoch that is over
                    host.resume(List.of(this));
                }
            }
            case BAD_ACK -> LOG.log(Level.WARNING, "session {0} has acknowledged what it never got", id());
            default -> {
                String name = Fields.errorName(frame);
                end(
                        name,
                        new TokenlyException(name, false, frame.text("message").orElse("")));
            }
        }
    }

    /** The server could not take something, and names its cursor where that is about a signal. */
    private void refused(OptionalLong received, Optional<Duration> retryAfter) {
        if (state == SessionState.ATTACHED && received.isPresent()) {
            if (exchange.isBehind(received.getAsLong())) {
                beginAnew(received.getAsLong());
                return;
            }
            noteAcked(received.getAsLong());
        }
        host.pause(this, retryAfter);
    }

    /** {@code peer-destroyed}. */
    void destroyed() {
        end("destroyed", isLeaving ? TokenlyException.closed() : TokenlyException.sessionLost());
    }

    /** {@code taken-over}. */
    void takenOver() {
        if (finish(TokenlyException.sessionLost())) {
            SafeCall.call(id(), listener::takenOver);
        }
    }

    /** The client has stopped. */
    void stopped(String reason) {
        if (reason.equals("taken-over")) {
            takenOver();
        } else {
            end(reason, reason.equals("closed") ? TokenlyException.closed() : TokenlyException.sessionLost());
        }
    }

    private void end(String reason, TokenlyException failure) {
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
        ready.completeExceptionally(failure);
        gone.complete(null);
        return true;
    }

    private void pump() {
        if (state != SessionState.ATTACHED || host.isPaused(this)) {
            return;
        }
        for (Optional<String> frame = exchange.poll(); frame.isPresent(); frame = exchange.poll()) {
            host.send(frame.get());
        }
    }

    /** Once the last signal is acknowledged: the server forgets with the session what it could not take. */
    private void sendLeaving() {
        if (state == SessionState.ATTACHED && isLeaving && exchange.isAllAcked() && !host.isPaused(this)) {
            host.send(Frames.destroyPeer(id()));
        }
    }
}
