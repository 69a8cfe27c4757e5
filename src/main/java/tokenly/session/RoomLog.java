package tokenly.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one room writes to the store, and what the store still lacks of it: what has happened though the store could not take
 * it is deferred, and each later record begins with it until one is written. Belongs to the room's executor.
 */
final class RoomLog {

    private static final System.Logger LOG = System.getLogger(RoomLog.class.getName());

    /** How long a store that has failed is left alone, while no other step of the room asks it. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /**
     * Longest delay before acknowledgements are written. After a crash up to 100 ms of them are forgotten, and those messages
     * count against the mailbox again.
     */
    private static final Duration TRIM_DELAY = Duration.ofMillis(100);

    private final Room room;
    private final Shared shared;
    private final Store store;
    private final List<Consumer<Transaction>> deferred = new ArrayList<>(0); // in the order in which it happened
    private final Set<Session> deferredTrims =
            new LinkedHashSet<>(0); // whose mailboxes are shorter than the store knows
    private boolean isRetryDue;
    private boolean isLost;

    /** What the logs of all rooms have in common. Thread-safe. */
    static final class Shared {

        private final Store store;
        private final Timer timer;
        private final MailboxBounds bounds;
        private final Consumer<Room> whenWritten;
        private final AtomicBoolean isStoreFailing = new AtomicBoolean();

        /** @param whenWritten is called on a room's executor when what it had deferred may be written */
        Shared(Store store, Timer timer, MailboxBounds bounds, Consumer<Room> whenWritten) {
            this.store = store;
            this.timer = timer;
            this.bounds = bounds;
            this.whenWritten = whenWritten;
        }

        /** Whether what happens in the rooms of {@code shard} is written here. */
        boolean has(int shard) {
            return store.has(shard);
        }

        private CompletionStage<@Nullable Void> append(Store to, List<Store.Change> changes) {
            try {
                return to.append(changes);
            } catch (RuntimeException failure) { // the port does not allow it, but a room must not end in it
                return CompletableFuture.failedStage(failure);
            }
        }

        /** Logs the first failure of a store that fails again and again, and its end. */
        private void note(@Nullable Throwable failure) {
            if (failure != null) {
                Level level = isStoreFailing.getAndSet(true) ? Level.DEBUG : Level.ERROR;
                LOG.log(level, "the store takes no records: what needs one is refused until it does", failure);
            } else if (isStoreFailing.get() && isStoreFailing.getAndSet(false)) {
                LOG.log(Level.INFO, "the store takes records again");
            }
        }
    }

    RoomLog(Room room, Shared shared) {
        this.room = room;
        this.shared = shared;
        this.store = shared.store.of(room.id);
    }

    /** A record about the room, which begins with all that is deferred. */
    Transaction begin() {
        Transaction transaction = new Transaction(room, shared.bounds);
        if (hasDeferred()) {
            deferred.forEach(change -> change.accept(transaction));
            deferredTrims.stream().filter(session -> !session.hasEnded()).forEach(transaction::noteTrim);
            transaction.then(() -> {
                deferred.clear();
                deferredTrims.clear();
            });
        }
        return transaction;
    }

    /** Writes {@code transaction} and shows it; runs {@code failed} instead if it could not be written. */
    CompletionStage<?> write(Transaction transaction, Runnable failed) {
        if (transaction.changes().isEmpty()) {
            transaction.show();
            return RoomExecutor.DONE;
        }
        return shared.append(store, transaction.changes()).handle((written, failure) -> {
            isLost |= isLost(failure);
            if (!isLost) {
                shared.note(failure);
            }
            if (failure == null) {
                transaction.show();
            } else {
                failed.run();
            }
            return null;
        });
    }

    private static boolean isLost(@Nullable Throwable failure) {
        return failure instanceof Store.LostException
                || (failure != null && failure.getCause() instanceof Store.LostException);
    }

    /** Whether another server has the room: what could not be written may be written there, and is none of this server's business. */
    boolean isLost() {
        return isLost;
    }

    /** Notes what has happened though the store could not take it; {@code change} adds it to the next record. */
    void defer(Consumer<Transaction> change) {
        deferred.add(change);
        retryAfter(RETRY_DELAY);
    }

    /** Notes that the store need not keep what {@code session} has acknowledged. */
    void deferTrim(Session session) {
        deferredTrims.add(session);
        retryAfter(TRIM_DELAY);
    }

    /** The store belongs to another server now: nothing is written any more. */
    void forget() {
        deferred.clear();
        deferredTrims.clear();
    }

    boolean hasDeferred() {
        return !deferred.isEmpty() || !deferredTrims.isEmpty();
    }

    /** Whether a change is deferred that the store must have before the room may be forgotten. */
    boolean lacksChanges() {
        return !deferred.isEmpty();
    }

    private void retryAfter(Duration delay) {
        if (!isRetryDue) {
            isRetryDue = true;
            shared.timer.after(delay, () -> room.executor.addLater(this::retry));
        }
    }

    private CompletionStage<?> retry() {
        isRetryDue = false;
        return hasDeferred()
                ? write(begin(), () -> retryAfter(RETRY_DELAY)).thenRun(() -> shared.whenWritten.accept(room))
                : RoomExecutor.DONE;
    }
}
