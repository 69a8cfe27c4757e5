package tokenly.client;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/** The client's side of one session, over all its connections. Belongs to the client's thread. */
final class Session {

    private static final System.Logger LOG = System.getLogger(Session.class.getName());

    private final String id;
    private final String room;
    private final String key;
    private final PeerListener listener;
    private final Roster roster;
    private final Outbox outbox = new Outbox();
    private final Inbox inbox;
    private final CompletableFuture<Session> ready; // once it was attached, or never will be
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

    private SessionState state;
    private String epoch; // empty before the first
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
            Roster roster) {
        this.id = who.sessionId();
        this.room = who.roomId();
        this.key = who.resumeKey();
        this.epoch = who.epoch();
        this.listener = listener;
        this.ready = ready;
        this.roster = roster;
        this.inbox = new Inbox(id, listener);
        this.state = isTakenOver ? SessionState.AWAY : SessionState.CREATING;
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
        return new Credentials(id, room, key, epoch, inbox.received(), outbox.numbered());
    }

    boolean isToBeCreated() {
        return state == SessionState.CREATING;
    }

    boolean isToBeResumed() {
        return state == SessionState.AWAY;
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
                > roster.frameBytes()) {
            receipt.completeExceptionally(new TokenlyException(
                    TokenlyException.FRAME_TOO_LARGE, false, "a frame has at most " + roster.frameBytes() + " bytes"));
            return;
        }
        outbox.add(frame, receipt);
        pump();
    }

    /** Ends it, as soon as the server can be told. */
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
    }

    /** A pause is over: what the server could not take is sent again. */
    void sendAgain() {
        switch (state) {
            case CREATING -> roster.create(this);
            case AWAY -> roster.resume(List.of(this));
            case LIVE -> {
                outbox.rewind();
                pump();
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
            Guard.call(id, () -> listener.reset("gone", peers));
        } else {
            Guard.call(id, () -> listener.created(peers));
        }
        attached();
    }

    private void notCreated(JsonObject error) {
        String code = error.text("code").orElse("unknown");
        boolean isRetryable =
                List.of("store-failed", "room-full", "server-full").contains(code);
        if (ready.isDone() && code.equals("store-failed")) {
            roster.pause(this);
        } else {
            end(
                    code,
                    new TokenlyException(
                            code, isRetryable, error.text("message").orElse("not created")));
        }
    }

    /** {@code resumed}, whatever its outcome; returns that. */
    ResumeRound.Outcome resumed(JsonObject frame) {
        String outcome = Fields.text(frame, "outcome");
        switch (outcome) {
            case "resumed" -> {
                goOn(Fields.whole(frame, "received"), Fields.whole(frame, "last"));
                return ResumeRound.Outcome.RESUMED;
            }
            case "reset" -> {
                reset(Fields.text(frame, "reason"), Fields.text(frame, "epoch"), Fields.texts(frame, "peers"));
                return ResumeRound.Outcome.RESET;
            }
            case "gone" -> {
                forgotten();
                return ResumeRound.Outcome.GONE;
            }
            case "denied" -> {
                String reason = Fields.text(frame, "reason");
                end(reason, new TokenlyException(reason, false, "the session belongs to somebody else"));
                return ResumeRound.Outcome.DENIED;
            }
            default -> throw new ServerFault("no resume ends with " + outcome);
        }
    }

    private void goOn(long received, long last) {
        outbox.rewind();
        outbox.acknowledge(epoch, received);
        int resent = (int) Math.max(0, outbox.highestSent() - received);
        Guard.call(id, () -> listener.resumed(received, last, resent));
        attached();
    }

    private void reset(String reason, String newEpoch, List<String> peers) {
        epoch = newEpoch;
        outbox.restart(new TokenlyException(
                TokenlyException.SESSION_RESET, true, "the session was reset before this was acknowledged: " + reason));
        inbox.restart(peers, 0);
        Guard.call(id, () -> listener.reset(reason, peers));
        attached();
    }

    private void forgotten() {
        outbox.restart(TokenlyException.sessionLost());
        inbox.restart(List.of(), 0);
        if (isLeaving) {
            end("destroyed", TokenlyException.closed());
            return;
        }
        if (state == SessionState.LIVE) {
            state = state.after(SessionState.Event.LOST);
        }
        state = state.after(SessionState.Event.GONE);
        roster.create(this);
    }

    private void attached() {
        if (state != SessionState.LIVE) {
            state = state.after(SessionState.Event.ATTACHED);
        }
        ready.complete(this);
        pump();
        sendLeaving();
    }

    /** A message from the mailbox, or one of those that tell of peers that are away. */
    void message(String type, JsonObject frame) {
        if (state != SessionState.LIVE) {
            return; // it comes again after the answer that is awaited
        }
        inbox.take(type, frame);
        roster.owe(this);
    }

    /** {@code ack}. */
    void acknowledged(long received) {
        outbox.acknowledge(epoch, received);
        pump();
    }

    /** {@code error}. */
    void error(String code, OptionalLong received, String message) {
        switch (code) {
            case "busy", "seq-gap", "store-failed" -> {
                if (state == SessionState.LIVE && received.isPresent()) {
                    outbox.acknowledge(epoch, received.getAsLong());
                }
                roster.pause(this);
            }
            case "unknown-session" -> {
                if (state == SessionState.LIVE) {
                    lost();
                    roster.forget(this); // its acks may belong to an epoch that is over
                    roster.resume(List.of(this));
                }
            }
            case "bad-ack" -> LOG.log(Level.WARNING, "session {0} has acknowledged what it never got", id);
            default -> end(code, new TokenlyException(code, false, message));
        }
    }

    /** {@code peer-destroyed}. */
    void destroyed() {
        end("destroyed", isLeaving ? TokenlyException.closed() : TokenlyException.sessionLost());
    }

    /** {@code taken-over}. */
    void takenOver() {
        if (finish(TokenlyException.sessionLost())) {
            Guard.call(id, listener::takenOver);
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
            Guard.call(id, () -> listener.ended(reason));
        }
    }

    private boolean finish(TokenlyException failure) {
        if (state == SessionState.ENDED) {
            return false;
        }
        state = state.after(SessionState.Event.ENDED);
        roster.remove(this);
        outbox.restart(failure);
        ready.completeExceptionally(failure);
        gone.complete(null);
        return true;
    }

    private void pump() {
        if (state != SessionState.LIVE || roster.isPaused(this)) {
            return;
        }
        for (Optional<String> frame = outbox.poll(); frame.isPresent(); frame = outbox.poll()) {
            roster.send(frame.get());
        }
    }

    private void sendLeaving() {
        if (state == SessionState.LIVE && isLeaving && !roster.isPaused(this)) {
            roster.send(Frames.destroyPeer(id));
        }
    }
}
