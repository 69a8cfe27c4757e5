package tokenly.session;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The moves that give a session to another connection, or to the same one anew. The {@link Holder} has the session already,
 * so that a connection which ends meanwhile gives it back. Every method must be called on the lane of the session's room;
 * a stage it returns completes when the move is written and visible.
 */
final class Handover {

    private static final System.Logger LOG = System.getLogger(Handover.class.getName());

    private final ReconnectModel reconnects;

    Handover(ReconnectModel reconnects) {
        this.reconnects = reconnects;
    }

    /** A plain session, which waits, goes to {@code holder}. */
    CompletionStage<?> reattach(Session session, Holder holder) {
        Draft draft = session.room.log.begin();
        draft.then(() -> attach(session, holder, Farewell.REPLACED));
        draft.then(session::welcome);
        draft.postAway(session);
        draft.postPresence(session, false);
        return session.room.log.write(draft, () -> refuse(session, holder));
    }

    /** Whoever holds {@code session} has created it again, which changes nothing. */
    CompletionStage<?> repeat(Session session) {
        Draft draft = session.room.log.begin();
        draft.then(session::welcome);
        if (!session.isResumable()) {
            draft.postAway(session);
        }
        return session.room.log.write(
                draft, () -> session.tell(new Notice.CreateRefused(session.id, Notice.Refusal.STORE_FAILED)));
    }

    /** The same create again, whose answer was lost: {@code session} is as fresh as its client believes. */
    CompletionStage<?> recreate(Session session, Holder holder, Claim claim) {
        Draft draft = session.room.log.begin();
        if (draft.hasOverflowed(session)) { // by what is deferred
            return createAnew(session, holder, claim);
        }
        come(draft, session, holder, claim, 0);
        draft.then(session::welcome);
        return goOn(draft, session, () -> refuse(session, holder));
    }

    /** Its client comes back, and has processed the mailbox up to {@code received}. */
    CompletionStage<?> resume(Session session, Holder holder, Claim claim, long received) {
        Draft draft = session.room.log.begin();
        if (draft.hasOverflowed(session)) { // by what is deferred
            return reset(session, holder, claim, ResetReason.OVERFLOW, session.cursor());
        }
        come(draft, session, holder, claim, received);
        draft.then(() -> session.tell(new Notice.Resumed(
                session.id, session.epoch(), session.cursor(), session.mailbox().last())));
        return goOn(draft, session, () -> turnAway(session, holder));
    }

    private void come(Draft draft, Session session, Holder holder, Claim claim, long received) {
        draft.add(new Store.Change.Resumed(session.id, claim), () -> session.resume(claim));
        draft.trim(session, received);
        draft.then(() -> attach(session, holder, Farewell.REPLACED));
    }

    private CompletionStage<?> goOn(Draft draft, Session session, Runnable failed) {
        draft.then(session::pump);
        draft.postMissed(session);
        if (session.isWaiting()) {
            draft.postPresence(session, false);
        }
        return session.room.log.write(draft, failed);
    }

    /** Its client has lost what it knew and creates it anew. */
    CompletionStage<?> createAnew(Session session, Holder holder, Claim claim) {
        ResetReason reason = isSameInstance(session, claim) ? ResetReason.CREATED_ANEW : ResetReason.NEW_INSTANCE;
        return restart(session, holder, claim, reason, session::welcome, () -> refuse(session, holder));
    }

    /**
     * Its client comes back, but what it knows and what the server knows do not fit.
     *
     * @param received the highest number of the client, in the epoch that it knows, that the server has; null if unknown
     */
    CompletionStage<?> reset(Session session, Holder holder, Claim claim, ResetReason reason, @Nullable Long received) {
        Runnable answer = () -> session.tell(
                new Notice.Reset(session.id, reason, session.epoch(), session.room.peers(session), received));
        return restart(session, holder, claim, reason, answer, () -> turnAway(session, holder));
    }

    private CompletionStage<?> restart(
            Session session, Holder holder, Claim claim, ResetReason reason, Runnable answer, Runnable failed) {
        Farewell farewell = isSameInstance(session, claim) ? Farewell.REPLACED : Farewell.TAKEN_OVER;
        Draft draft = session.room.log.begin();
        draft.restart(session, Epoch.fresh(), claim);
        draft.then(() -> attach(session, holder, farewell));
        draft.then(answer);
        draft.postAway(session);
        if (session.isWaiting()) {
            draft.postPresence(session, false);
        }
        draft.postToOthers(session, new Message.PeerRestarted(session.id, reason));
        return session.room.log.write(draft, failed);
    }

    private static boolean isSameInstance(Session session, Claim claim) {
        return session.claim().filter(claim::isOfSameInstance).isPresent();
    }

    private void attach(Session session, Holder next, Farewell farewell) {
        Optional<Holder> displaced = session.holder().filter(holder -> holder != next);
        session.attach(next).ifPresent(reconnects::back);
        LOG.log(Level.INFO, "session {0} is back, attachment {1}", session.id, Long.toString(session.attachment()));
        displaced.ifPresent(holder -> dismiss(session, holder, farewell));
    }

    /** The connection of {@code holder} has lost {@code session} to another one; it is closed if that was the last. */
    static void dismiss(Session session, Holder holder, Farewell farewell) {
        if (farewell == Farewell.TAKEN_OVER) {
            holder.connection.send(new Notice.TakenOver(session.id));
        }
        if (holder.isEmpty()) {
            holder.connection.close(farewell);
        }
    }

    private static void refuse(Session session, Holder holder) {
        giveBack(session, holder);
        holder.connection.send(new Notice.CreateRefused(session.id, Notice.Refusal.STORE_FAILED));
    }

    private static void turnAway(Session session, Holder holder) {
        giveBack(session, holder);
        holder.connection.close(Farewell.BUSY);
    }

    private static void giveBack(Session session, Holder holder) {
        if (!session.isHeldBy(holder.connection)) {
            holder.remove(session);
        }
    }
}
