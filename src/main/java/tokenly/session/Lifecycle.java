package tokenly.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The moves of a session's state table: begin, attach, lose, end. Every method must be called on the lane of the session's
 * room; a stage it returns completes when the move is written and visible.
 */
final class Lifecycle {

    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

    private final Registry registry;
    private final ReconnectModel reconnects;
    private final Store store;
    private final Timer timer;
    private final Duration goingAwayGrace;

    Lifecycle(Registry registry, ReconnectModel reconnects, Store store, Timer timer, Duration goingAwayGrace) {
        this.registry = registry;
        this.reconnects = reconnects;
        this.store = store;
        this.timer = timer;
        this.goingAwayGrace = goingAwayGrace;
    }

    /** Begins {@code fresh}, which is entered in the registry and in its holder. */
    CompletionStage<?> begin(Session fresh) {
        return write(new Store.Entry.Created(fresh.id, fresh.room.id), () -> begun(fresh), () -> {
            fresh.tell(new Notice.CreateRefused(fresh.id, Notice.Refusal.STORE_FAILED));
            fresh.end();
            registry.remove(fresh);
        });
    }

    private void begun(Session fresh) {
        LOG.log(Level.INFO, "session {0} begins in room {1}", fresh.id, fresh.room.id);
        fresh.room.join(fresh);
        fresh.room.welcome(fresh);
    }

    /** Hands {@code session}, which waits, to {@code holder}, which has it already. */
    void attach(Session session, Holder holder) {
        session.attach(holder).ifPresent(reconnects::back);
        LOG.log(Level.INFO, "session {0} is back, attachment {1}", session.id, Long.toString(session.attachment()));
        session.room.welcome(session);
        session.room.tellOthers(session, new Message.PeerBack(session.id));
    }

    /** The connection of {@code holder} is gone; if it still holds {@code session}, that leaves or waits. */
    CompletionStage<?> depart(Session session, Holder holder, Departure departure) {
        if (!session.isHeldBy(holder.connection)) {
            return Lane.DONE;
        }
        if (departure == Departure.LEAVING) {
            return end(session, EndReason.LEFT);
        }
        lose(session, departure);
        return Lane.DONE;
    }

    private void lose(Session session, Departure departure) {
        boolean isGoing = departure == Departure.GOING_AWAY;
        Duration held = isGoing ? goingAwayGrace : reconnects.policy().resumeWindow();
        EndReason reason = isGoing ? EndReason.LEFT : EndReason.EXPIRED;
        long lost = session.attachment();
        Timer.Task expiry = timer.after(held, () -> session.room.lane.add(() -> expire(session, lost, reason)));
        session.lose(reconnects.lost(), expiry);
        LOG.log(Level.INFO, "session {0} waits for {1} ms", session.id, Long.toString(held.toMillis()));
        session.room.tellOthers(session, new Message.PeerAway(session.id));
    }

    private CompletionStage<?> expire(Session session, long lost, EndReason reason) {
        boolean stillWaits = session.isWaiting() && session.attachment() == lost;
        return stillWaits ? end(session, reason) : Lane.DONE;
    }

    /** Ends {@code session}; if the store fails it is gone all the same, and the store is told no more of it. */
    CompletionStage<?> end(Session session, EndReason reason) {
        return write(
                new Store.Entry.Ended(session.id, reason), () -> ended(session, reason), () -> ended(session, reason));
    }

    private void ended(Session session, EndReason reason) {
        session.end().ifPresent(wait -> reconnects.ended(wait, reason == EndReason.EXPIRED));
        registry.remove(session);
        session.room.leave(session, reason);
        registry.removeIfEmpty(session.room);
        LOG.log(Level.INFO, "session {0} has ended: {1}", session.id, reason);
    }

    /** Runs {@code visible} when {@code entry} is written, {@code failed} if it could not be. */
    CompletionStage<?> write(Store.Entry entry, Runnable visible, Runnable failed) {
        return append(entry).handle((written, failure) -> {
            if (failure == null) {
                visible.run();
            } else {
                LOG.log(
                        Level.ERROR,
                        "the store did not take " + entry.getClass().getSimpleName(),
                        failure);
                failed.run();
            }
            return null;
        });
    }

    private CompletionStage<@Nullable Void> append(Store.Entry entry) {
        try {
            return store.append(entry);
        } catch (RuntimeException failure) { // the port does not allow it, but a room must not end in it
            return CompletableFuture.failedStage(failure);
        }
    }
}
