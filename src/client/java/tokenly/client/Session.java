package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/** The client's side of one session, over all its connections. Belongs to the client's thread. */
final class Session {

    private static final System.Logger LOG = System.getLogger(Session.class.getName());

    /** Refusals of a {@code create-peer} that may be none the next time. */
    private static final Set<String> RETRYABLE = Set.of("store-failed", "room-full", "server-full", "quota-exceeded");

    /** How long to wait before sending again what the server could not take: at first, and at most. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(3_200);

    /** No server draws such an epoch: a {@code resume} with it is always answered by a new one. */
    private static final String NO_EPOCH = "-";

    private final String id;
    private final String room;
    private final String key;
    private final PeerListener listener;
    private final Sessions host;
    private final Outbox outbox = new Outbox();
    private final Inbox inbox;
    private final CompletableFuture<Session> ready; // once it was attached, or never will be
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

    private SessionState state;
    private String epoch; // empty before the first
    private boolean isLeaving; // it was asked to end
    private String writtenOff = ""; // why, from then until the listener is told of the new epoch; else empty
    private Duration nextPause = FIRST_PAUSE; // doubles until the server takes something
    private long heard; // the highest number that an ack has named on this connection

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
        this.id = who.sessionId();
        this.room = who.roomId();
        this.key = who.resumeKey();
        this.epoch = who.epoch();
        this.listener = listener;
        this.ready = ready;
        this.host = host;
        this.inbox = new Inbox(id, listener);
        this.state = isTakenOver ? SessionState.DETACHED : SessionState.CREATING;
        inbox.restart(List.of(), who.received());
    }

    String id() {
        return id;
    }

    String room() {
        return room;
    }

    /** The highest mailbox number that was processed. */
    long received() {
        return inbox.received();
    }

    Credentials credentials() {
        return new Credentials(id, room, key, epoch, inbox.received(), outbox.numbered(), outbox.acked());
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
        String frame = draft.numbered(outbox.next());
        if (draft.bytes()
                        + frame.length()
                        - draft.head().length()
                        - draft.tail().length()
                > host.frameBytes()) {
            receipt.completeExceptionally(new TokenlyException(
                    TokenlyException.FRAME_TOO_LARGE, false, "a frame has at most " + host.frameBytes() + " bytes"));
            return;
        }
        outbox.add(frame, receipt);
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
        heard = 0;
    }

    /** A pause is over: what the server could not take is sent again; an {@code ack} may have been among it. */
    void sendAgain() {
        switch (state) {
            case CREATING -> host.create(this);
            case DETACHED -> host.resume(List.of(this));
            case ATTACHED -> {
                outbox.rewind();
                pump();
                if (inbox.received() > 0) {
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
        epoch = Fields.text(frame, "epoch");
        List<String> peers = Fields.texts(frame, "peers");
        if (ready.isDone()) {
            tellReset(peers);
        } else {
            writtenOff = "";
            SafeCall.call(id, () -> listener.created(peers));
        }
        attached();
    }

    private void notCreated(JsonObject error) {
        String code = error.text("code").orElse("unknown");
        Optional<Duration> retryAfter = Fields.retryAfter(error);
        if (code.equals("rate-limited") || (ready.isDone() && code.equals("store-failed"))) {
            pause(retryAfter);
        } else {
            String message = error.text("message").orElse("not created");
            end(code, new TokenlyException(code, RETRYABLE.contains(code), message, retryAfter.orElse(null)));
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
        if (!writtenOff.isEmpty()) {
            return Optional.empty(); // the answer to a question before; a new epoch was asked for since
        }
        if (received < outbox.acked() || last < inbox.received()) {
            beginAnew(received);
            return Optional.empty();
        }
        outbox.rewind();
        outbox.acknowledge(epoch, received);
        int resent = (int) Math.max(0, outbox.highestSent() - received);
        SafeCall.call(id, () -> listener.resumed(received, last, resent));
        attached();
        return Optional.of(ResumeRound.Outcome.RESUMED);
    }

    /** The server went back to {@code received}, and does not know it: it is asked for a new epoch. */
    private void beginAnew(long received) {
        String reason = "store-went-back";
        writeOff(reason, OptionalLong.of(received), TokenlyException.sessionReset(reason));
        epoch = NO_EPOCH;
        lost();
        host.resume(List.of(this));
    }

    private void reset(JsonObject frame) {
        String reason = Fields.text(frame, "reason");
        List<String> peers = Fields.texts(frame, "peers");
        String next = Fields.text(frame, "epoch");
        writeOff(reason, frame.whole("received"), TokenlyException.sessionReset(reason));
        epoch = next;
        inbox.restart(peers, 0);
        tellReset(peers);
        attached();
    }

    private void forgotten() {
        writeOff("gone", OptionalLong.empty(), TokenlyException.sessionLost());
        inbox.restart(List.of(), 0);
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

    /**
     * Nothing of before means anything any more. Where that was so already, what has come since waits for the new epoch.
     *
     * @param received the server's cursor, if it is known: what was acknowledged beyond it is lost
     */
    private void writeOff(String reason, OptionalLong received, TokenlyException failure) {
        if (!writtenOff.isEmpty()) {
            return;
        }
        writtenOff = reason;
        long acked = outbox.acked();
        long kept = received.orElse(acked);
        if (kept < acked) {
            String old = epoch;
            SafeCall.call(id, () -> listener.lost(old, kept + 1, acked));
        }
        host.forget(this); // what it owes, and waits for, is of before
        outbox.restart(failure);
        inbox.restart(0);
    }

    private void tellReset(List<String> peers) {
        String reason = writtenOff;
        writtenOff = "";
        SafeCall.call(id, () -> listener.reset(reason, peers));
    }

    private void attached() {
        if (state != SessionState.ATTACHED) {
            state = state.after(SessionState.Event.ATTACHED);
        }
        nextPause = FIRST_PAUSE;
        ready.complete(this);
        pump();
        sendLeaving();
    }

    /** A message from the mailbox, or one of those that tell of peers that are away. */
    void message(String type, JsonObject frame) {
        if (state != SessionState.ATTACHED) {
            return; // it comes again after the answer that is awaited
        }
        inbox.take(type, frame);
        host.owe(this);
    }

    /** {@code ack}. What is named otherwise does not count for what it takes back: an ack is collected, and may be older. */
    void acknowledged(long received) {
        if (state == SessionState.ATTACHED && received < heard) {
            beginAnew(received);
            return;
        }
        heard = received;
        noteAcked(received);
        pump();
        sendLeaving();
    }

    private void noteAcked(long received) {
        if (received > outbox.acked()) {
            nextPause = FIRST_PAUSE;
        }
        outbox.acknowledge(epoch, received);
    }

    /** {@code error}. */
    void error(JsonObject frame) {
        String code = frame.text("code").orElse("unknown");
        switch (code) {
            case "busy", "seq-gap", "store-failed", "rate-limited", "quota-exceeded" ->
                refused(frame.whole("received"), Fields.retryAfter(frame));
            case "unknown-session" -> {
                if (state == SessionState.ATTACHED) {
                    lost();
                    host.forget(this); // its acks may belong to an epoch that is over
                    host.resume(List.of(this));
                }
            }
            case "bad-ack" -> LOG.log(Level.WARNING, "session {0} has acknowledged what it never got", id);
            default ->
                end(
                        code,
                        new TokenlyException(code, false, frame.text("message").orElse("")));
        }
    }

    /** The server could not take something, and names its cursor where that is about a signal. */
    private void refused(OptionalLong received, Optional<Duration> retryAfter) {
        if (state == SessionState.ATTACHED && received.isPresent()) {
            if (received.getAsLong() < outbox.acked()) {
                beginAnew(received.getAsLong());
                return;
            }
            noteAcked(received.getAsLong());
        }
        pause(retryAfter);
    }

    private void pause(Optional<Duration> asked) {
        boolean isNew = host.pause(this, asked.orElse(nextPause), asked.isPresent());
        if (isNew && asked.isEmpty()) {
            Duration twice = nextPause.multipliedBy(2);
            nextPause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    /** {@code peer-destroyed}. */
    void destroyed() {
        end("destroyed", isLeaving ? TokenlyException.closed() : TokenlyException.sessionLost());
    }

    /** {@code taken-over}. */
    void takenOver() {
        if (finish(TokenlyException.sessionLost())) {
            SafeCall.call(id, listener::takenOver);
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
            SafeCall.call(id, () -> listener.ended(reason));
        }
    }

    private boolean finish(TokenlyException failure) {
        if (state == SessionState.ENDED) {
            return false;
        }
        state = state.after(SessionState.Event.ENDED);
        host.remove(this);
        outbox.restart(failure);
        ready.completeExceptionally(failure);
        gone.complete(null);
        return true;
    }

    private void pump() {
        if (state != SessionState.ATTACHED || host.isPaused(this)) {
            return;
        }
        for (Optional<String> frame = outbox.poll(); frame.isPresent(); frame = outbox.poll()) {
            host.send(frame.get());
        }
    }

    /** Once the last signal is acknowledged: the server forgets with the session what it could not take. */
    private void sendLeaving() {
        if (state == SessionState.ATTACHED && isLeaving && outbox.isEmpty() && !host.isPaused(this)) {
            host.send(Frames.destroyPeer(id));
        }
    }
}
