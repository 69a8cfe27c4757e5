package tokenly.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import tokenly.protocol.ErrorCode;

/**
 * The moves of a session's state table: begin, lose, end ({@link Handover} has those to another connection). Every method
 * must be called on the executor of the session's room; a stage it returns completes when the move is written and visible.
 */
final class Lifecycle {

    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

    private final Registry registry;
    private final ReconnectModel reconnects;
    private final Timer timer;
    private final Limits limits;

    Lifecycle(Registry registry, ReconnectModel reconnects, Timer timer, Limits limits) {
        this.registry = registry;
        this.reconnects = reconnects;
        this.timer = timer;
        this.limits = limits;
    }

    /** Whether the room could still be told of one more session that {@code account} pays for. */
    boolean mayBegin(Room room, Account account) {
        long news = MailboxCost.ENTRY_BYTES * (room.size() + 1L) + Message.OVERHEAD_BYTES;
        return room.mayKeep(account, news);
    }

    /** How long the server would still wait for the client of {@code session}, if it is lost or were lost now. */
    Duration waitFor(Session session) {
        return session.waitsUntil()
                .map(end -> end.minus(timer.now()))
                .orElse(reconnects.policy().resumeWindow());
    }

    /** Begins {@code fresh}, which is entered in the registry and in its holder. */
    CompletionStage<?> begin(Session fresh) {
        Transaction transaction = fresh.room.log.begin();
        Store.Change created = new Store.Change.Created(
                fresh.id, fresh.room.id, fresh.epoch(), fresh.credentials().orElse(null), fresh.role);
        transaction.add(created, () -> begun(fresh));
        fresh.presence.postAway(transaction);
        fresh.presence.postJoined(transaction);
        return fresh.room.log.write(transaction, () -> {
            fresh.tell(
                    fresh.room.log.isLost()
                            ? new ServerEvent.Elsewhere(fresh.id)
                            : new ServerEvent.CreateRefused(fresh.id, ErrorCode.STORE_FAILED));
            fresh.end();
            registry.remove(fresh);
        });
    }

    private void begun(Session fresh) {
        LOG.log(Level.INFO, "session {0} begins in room {1}", fresh.id, fresh.room.id);
        fresh.room.join(fresh);
        fresh.presence.welcome(false);
    }

    /**
     * The connection of {@code holder} is gone: those of the {@code held} sessions that it still holds leave or wait.
     *
     * @param settled runs when that is so for all of them
     */
    void depart(List<Session> held, ConnectionSessions holder, DisconnectReason reason, Runnable settled) {
        AtomicInteger unsettled = new AtomicInteger(held.size());
        if (held.isEmpty()) {
            settled.run();
        }
        for (Session session : held) {
            session.room.executor.addLater(() -> tryDepart(session, holder, reason)
                    .whenComplete((done, failure) -> {
                        if (unsettled.decrementAndGet() == 0) {
                            settled.run();
                        }
                    }));
        }
    }

    /** A failure is one of the stage. */
    private CompletionStage<?> tryDepart(Session session, ConnectionSessions holder, DisconnectReason reason) {
        try {
            return depart(session, holder, reason);
        } catch (RuntimeException | Error bug) {
            return CompletableFuture.failedStage(bug);
        }
    }

    private CompletionStage<?> depart(Session session, ConnectionSessions holder, DisconnectReason reason) {
        if (!session.hold.isBy(holder.connection)) {
            return RoomExecutor.DONE;
        }
        return reason == DisconnectReason.LEAVING ? end(session, EndReason.LEFT) : lose(session, reason);
    }

    private CompletionStage<?> lose(Session session, DisconnectReason reason) {
        Transaction transaction = session.room.log.begin();
        transaction.then(() -> await(session, reason));
        session.presence.post(true, transaction);
        return session.room.log.write(transaction, () -> {
            await(session, reason);
            session.room.log.defer(later -> session.presence.post(true, later));
        });
    }

    /** Begins to wait for the client of {@code session}, whose connection is gone. */
    void await(Session session, DisconnectReason reason) {
        boolean isGoing = reason == DisconnectReason.GOING_AWAY;
        Duration held = isGoing ? limits.goingAwayGrace() : reconnects.policy().resumeWindow();
        EndReason endReason = isGoing ? EndReason.LEFT : EndReason.EXPIRED;
        long lost = session.hold.attachments();
        Timer.Task expiry =
                timer.after(held, () -> session.room.executor.addLater(() -> expire(session, lost, endReason)));
        session.lose(new Absence(reconnects.lost(), expiry, timer.now().plus(held)));
        LOG.log(Level.INFO, "session {0} waits for {1} ms", session.id, Long.toString(held.toMillis()));
    }

    private CompletionStage<?> expire(Session session, long lost, EndReason reason) {
        boolean stillWaits = session.isWaiting() && session.hold.attachments() == lost;
        return stillWaits ? end(session, reason) : RoomExecutor.DONE;
    }

    /**
     * Ends {@code session}; if the store fails it is gone all the same, and the others are told when it is written. Where the room belongs to
     * another server it ends there, or not.
     */
    CompletionStage<?> end(Session session, EndReason reason) {
        Transaction transaction = session.room.log.begin();
        List<MailboxItem> unacknowledged = transaction.unacknowledged(session);
        end(transaction, session, reason, unacknowledged, () -> ended(session, reason));
        return session.room.log.write(transaction, () -> {
            if (session.room.log.isLost()) {
                return;
            }
            session.room.log.defer(
                    later -> end(later, session, reason, unacknowledged, () -> registry.endIsWritten(session)));
            registry.endIsDeferred(session);
            ended(session, reason);
        });
    }

    private static void end(
            Transaction transaction,
            Session session,
            EndReason reason,
            List<MailboxItem> unacknowledged,
            Runnable effect) {
        transaction.end(session, reason, effect);
        transaction.nameUnacknowledged(session, unacknowledged, Message.UndeliverableReason.LEFT);
        session.presence.postLeft(reason, transaction);
    }

    private void ended(Session session, EndReason reason) {
        session.end().ifPresent(wait -> reconnects.ended(wait, reason == EndReason.EXPIRED));
        registry.remove(session);
        session.room.leave(session);
        session.presence.catchUp();
        registry.removeIfEmpty(session.room);
        LOG.log(Level.INFO, "session {0} has ended: {1}", session.id, reason);
    }
}
