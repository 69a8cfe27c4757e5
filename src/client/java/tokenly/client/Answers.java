package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tokenly.client.json.JsonObject;
import tokenly.protocol.ErrorCode;

/** Takes what the server answers about one session, and changes the session by it. Belongs to the client's thread. */
final class Answers {

    private static final System.Logger LOG = System.getLogger(Answers.class.getName());

    /** Refusals of a {@code create-peer} that may be none the next time. */
    private static final Set<ErrorCode> RETRYABLE = EnumSet.of(
            ErrorCode.STORE_FAILED,
            ErrorCode.SESSION_IN_USE,
            ErrorCode.ROOM_FULL,
            ErrorCode.SERVER_FULL,
            ErrorCode.QUOTA_EXCEEDED);

    private final Session session;
    private final Exchange exchange;
    private final Sessions host;
    private final IceServers iceServers;

    Answers(Session session, Exchange exchange, Sessions host) {
        this.session = session;
        this.exchange = exchange;
        this.host = host;
        this.iceServers = new IceServers(host.ports.timer(), this::askForIceServers);
    }

    /** The ICE servers that the session may use. */
    IceServers iceServers() {
        return iceServers;
    }

    private void askForIceServers() {
        if (session.isAttached() && host.connection().policy().canNameIceServers()) {
            host.send(Frames.iceServers(session.id()));
        }
    }

    /** {@code peer-created}. */
    void created(JsonObject frame) {
        if (!session.isToBeCreated()) {
            return; // answered again
        }
        if (!frame.truth("success").orElse(false)) {
            notCreated(frame.object("error").orElse(JsonObject.EMPTY));
            return;
        }
        String epoch = Fields.text(frame, "epoch");
        Snapshot room = Snapshot.of(frame);
        if (session.isKnown()) {
            exchange.startNextEpoch(epoch, room);
        } else {
            exchange.startEpoch(epoch, room);
        }
        iceServers.take(frame);
        session.attached();
    }

    private void notCreated(JsonObject error) {
        String name = Fields.errorName(error);
        Optional<ErrorCode> code = ErrorCode.of(name);
        Optional<Duration> retryAfter = Fields.retryAfter(error);
        boolean isToBeRepeated = code.filter(known ->
                        known == ErrorCode.RATE_LIMITED || (known == ErrorCode.STORE_FAILED && session.isKnown()))
                .isPresent();
        if (isToBeRepeated) {
            host.pause(session, retryAfter);
        } else {
            boolean isRetryable = code.filter(RETRYABLE::contains).isPresent();
            String message = error.text("message").orElse("not created");
            session.end(name, new TokenlyException(name, isRetryable, message, retryAfter.orElse(null)));
        }
    }

    /** {@code resumed}: the answer to a {@code resume}, or a new epoch unasked. Returns its outcome, unless that is asked for once more. */
    Optional<ResumeRound.Outcome> resumed(JsonObject frame) {
        String outcome = Fields.text(frame, "outcome");
        switch (outcome) {
            case "resumed" -> {
                Optional<Snapshot> room = Snapshot.find(frame);
                iceServers.take(frame);
                return goOn(Fields.whole(frame, "received"), Fields.whole(frame, "last"), room);
            }
            case "reset" -> {
                reset(frame);
                return Optional.of(ResumeRound.Outcome.RESET);
            }
            case "gone" -> {
                writeOff("gone", OptionalLong.empty(), TokenlyException.sessionLost());
                exchange.forgotten();
                session.createAgain();
                return Optional.of(ResumeRound.Outcome.GONE);
            }
            default -> throw new ServerFault("no resume ends with " + outcome);
        }
    }

    private Optional<ResumeRound.Outcome> goOn(long received, long last, Optional<Snapshot> room) {
        if (exchange.isWrittenOff()) {
            return Optional.empty(); // the answer to a question before; a new epoch was asked for since
        }
        if (exchange.isBehind(received, last)) {
            requestNewEpoch(received);
            return Optional.empty();
        }
        exchange.goOn(received, last);
        room.ifPresent(list -> {
            exchange.presence().update(list);
            host.owe(session); // an ack, by which the server knows that we have the list
        });
        session.attached();
        return Optional.of(ResumeRound.Outcome.RESUMED);
    }

    private void reset(JsonObject frame) {
        String reason = Fields.text(frame, "reason");
        Snapshot room = Snapshot.of(frame);
        String epoch = Fields.text(frame, "epoch");
        writeOff(reason, frame.whole("received"), TokenlyException.sessionReset(reason));
        exchange.startNextEpoch(epoch, room);
        iceServers.take(frame);
        session.attached();
    }

    /** {@code ack}. */
    void acknowledged(long received) {
        if (!session.isAttached()) {
            return; // of an epoch that is over; the answer that is awaited has its own number
        }
        if (exchange.isTakenBack(received)) {
            requestNewEpoch(received);
            return;
        }
        noteAcked(received);
        session.flush();
    }

    private void noteAcked(long received) {
        if (exchange.acknowledge(received)) {
            host.relax(session);
        }
    }

    /** {@code error}. */
    void error(JsonObject frame) {
        String name = Fields.errorName(frame);
        switch (ErrorCode.of(name).orElse(ErrorCode.BAD_FRAME)) {
            case BUSY, SEQ_GAP, STORE_FAILED, RATE_LIMITED, QUOTA_EXCEEDED ->
                refused(frame.whole("received"), Fields.retryAfter(frame));
            case UNKNOWN_SESSION -> session.resumeAgain();
            default -> {
                String message = frame.text("message").orElse("");
                if (session.isAttached()) { // one frame was refused, and nothing else has changed
                    LOG.log(Level.WARNING, "the server refuses a frame of session {0}: {1}", session.id(), name);
                } else {
                    session.end(name, new TokenlyException(name, false, message));
                }
            }
        }
    }

    /** The server could not take something, and names the last number that it has where that is about a signal. */
    private void refused(OptionalLong received, Optional<Duration> retryAfter) {
        if (session.isAttached() && received.isPresent()) {
            if (exchange.isBehind(received.getAsLong())) {
                requestNewEpoch(received.getAsLong());
                return;
            }
            noteAcked(received.getAsLong());
        }
        host.pause(session, retryAfter);
    }

    /** The server went back to {@code received}, and does not know it: it is asked for a new epoch. */
    private void requestNewEpoch(long received) {
        String reason = "store-went-back";
        writeOff(reason, OptionalLong.of(received), TokenlyException.sessionReset(reason));
        exchange.requestNewEpoch();
        session.lost();
        host.resume(List.of(session));
    }

    /** The epoch is over, unless it was already; see {@link Exchange#writeOff}. */
    private void writeOff(String reason, OptionalLong received, TokenlyException failure) {
        if (!exchange.isWrittenOff()) {
            host.forget(session); // what it owes, and waits for, belongs to the epoch that is over
            exchange.writeOff(reason, received, failure);
        }
    }
}
