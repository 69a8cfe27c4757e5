package tokenly.session;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/**
 * The moves that give a session to another connection, or to the same one anew. The {@link ConnectionSessions} has the session already,
 * so that a connection which ends meanwhile gives it back. Every method must be called on the executor of the session's room;
 * a stage it returns completes when the move is written and visible.
 */
final class Handover {

    private static final System.Logger LOG = System.getLogger(Handover.class.getName());

    private final ReconnectModel reconnects;

    Handover(ReconnectModel reconnects) {
        this.reconnects = reconnects;
    }

    /** A plain session, which waits, goes to {@code holder}. */
    CompletionStage<?> reattach(Session session, ConnectionSessions holder) {
        Transaction transaction = session.room.log.begin();
        transaction.then(() -> attach(session, holder, CloseReason.REPLACED));
        transaction.then(() -> session.presence.welcome(false));
        session.presence.postAway(transaction);
        session.presence.post(false, transaction);
        return session.room.log.write(transaction, () -> refuse(session, holder));
    }

    /** The holder of {@code session} has created it again, which changes nothing. */
    CompletionStage<?> repeat(Session session) {
        Transaction transaction = session.room.log.begin();
        boolean needsList = session.isResumable() && session.presence.needsList(transaction);
        transaction.then(() -> session.presence.welcome(needsList));
        if (!session.isResumable()) {
            session.presence.postAway(transaction);
        }
        return session.room.log.write(
                transaction, () -> session.tell(new ServerEvent.CreateRefused(session.id, ErrorCode.STORE_FAILED)));
    }

    /** The same create again, whose answer was lost: {@code session} is as fresh as its client believes. */
    CompletionStage<?> recreate(Session session, ConnectionSessions holder, Credentials credentials) {
        Transaction transaction = session.room.log.begin();
        if (transaction.hasOverflowed(session)) { // by what is deferred
            return createAnew(session, holder, credentials);
        }
        boolean needsList = session.presence.needsList(transaction);
        come(transaction, session, holder, credentials, 0);
        transaction.then(() -> session.presence.welcome(needsList));
        return goOn(transaction, session, () -> refuse(session, holder));
    }

    /** Its client comes back, and has processed the mailbox up to {@code received}. */
    CompletionStage<?> resume(Session session, ConnectionSessions holder, Credentials credentials, long received) {
        Transaction transaction = session.room.log.begin();
        if (transaction.hasOverflowed(session)) { // by what is deferred
            return reset(session, holder, credentials, ResetReason.OVERFLOW, session.acceptedSeq());
        }
        boolean needsList = session.presence.needsList(transaction);
        come(transaction, session, holder, credentials, received);
        transaction.then(() -> session.hold.answerResume(session, needsList));
        return goOn(transaction, session, () -> turnAway(session, holder));
    }

    private void come(
            Transaction transaction,
            Session session,
            ConnectionSessions holder,
            Credentials credentials,
            long received) {
        transaction.add(new Store.Change.Resumed(session.id, credentials), () -> session.resume(credentials));
        transaction.trim(session, received);
        transaction.then(() -> attach(session, holder, CloseReason.REPLACED));
    }

    private CompletionStage<?> goOn(Transaction transaction, Session session, Runnable failed) {
        transaction.then(session::pump);
        session.presence.postMissed(transaction);
        if (session.isWaiting()) {
            session.presence.post(false, transaction);
        }
        return session.room.log.write(transaction, failed);
    }

    /** Its client has lost what it knew and creates it anew. */
    CompletionStage<?> createAnew(Session session, ConnectionSessions holder, Credentials credentials) {
        ResetReason reason = isSameInstance(session, credentials) ? ResetReason.CREATED_ANEW : ResetReason.NEW_INSTANCE;
        Runnable answer = () -> session.presence.welcome(false);
        return restart(session, holder, credentials, reason, answer, () -> refuse(session, holder));
    }

    /**
     * Its client comes back, but what it knows and what the server knows do not fit.
     *
     * @param received the highest number of the client, in the epoch that it knows, that the server has; null if unknown
     */
    CompletionStage<?> reset(
            Session session,
            ConnectionSessions holder,
            Credentials credentials,
            ResetReason reason,
            @Nullable Long received) {
        Runnable answer = () -> session.tell(
                new ServerEvent.Reset(session.id, reason, session.epoch(), session.room.peers(session), received));
        return restart(session, holder, credentials, reason, answer, () -> turnAway(session, holder));
    }

    private CompletionStage<?> restart(
            Session session,
            ConnectionSessions holder,
            Credentials credentials,
            ResetReason reason,
            Runnable answer,
            Runnable failed) {
        CloseReason closeReason = isSameInstance(session, credentials) ? CloseReason.REPLACED : CloseReason.TAKEN_OVER;
        Transaction transaction = session.room.log.begin();
        transaction.nameUnacknowledged(
                session, transaction.unacknowledged(session), Message.UndeliverableReason.RESTARTED);
        transaction.restart(session, Epoch.fresh(session.room.id), credentials);
        transaction.then(() -> attach(session, holder, closeReason));
        transaction.then(answer);
        session.presence.postAway(transaction);
        if (session.isWaiting()) {
            session.presence.post(false, transaction);
        }
        session.presence.postRestarted(reason, transaction);
        return session.room.log.write(transaction, failed);
    }

    private static boolean isSameInstance(Session session, Credentials credentials) {
        return session.credentials().filter(credentials::isOfSameInstance).isPresent();
    }

    private void attach(Session session, ConnectionSessions next, CloseReason closeReason) {
        Optional<ConnectionSessions> displaced = session.hold.holder().filter(holder -> holder != next);
        session.attach(next).ifPresent(reconnects::back);
        LOG.log(
                Level.INFO,
                "session {0} is back, attachment {1}",
                session.id,
                Long.toString(session.hold.attachments()));
        displaced.ifPresent(holder -> dismiss(session, holder, closeReason));
    }

    /** The connection of {@code holder} has lost {@code session} to another one; it is closed if that was the last. */
    static void dismiss(Session session, ConnectionSessions holder, CloseReason closeReason) {
        if (closeReason == CloseReason.TAKEN_OVER) {
            holder.connection.send(new ServerEvent.TakenOver(session.id));
        }
        holder.connection.lose(session.id, closeReason, holder.isEmpty());
    }

    private static void refuse(Session session, ConnectionSessions holder) {
        giveBack(session, holder);
        holder.connection.send(
                session.room.log.isLost()
                        ? new ServerEvent.Elsewhere(session.id)
                        : new ServerEvent.CreateRefused(session.id, ErrorCode.STORE_FAILED));
    }

    private static void turnAway(Session session, ConnectionSessions holder) {
        giveBack(session, holder);
        if (session.room.log.isLost()) {
            holder.connection.send(new ServerEvent.Elsewhere(session.id));
        } else {
            holder.connection.close(CloseReason.BUSY);
        }
    }

    private static void giveBack(Session session, ConnectionSessions holder) {
        if (!session.hold.isBy(holder.connection)) {
            holder.remove(session);
        }
    }
}
