package tokenly.socket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one socket has still to send, in order. One send is under way at a time; the rest waits here, up to a bound in bytes
 * and one over all outboxes, so that a reader that does not read costs neither its room time nor the server memory.
 * Messages that wait go out together, in as few frames as the subprotocol allows. Thread-safe; nothing but the budget and a maker is called under its lock.
 */
final class Outbox {

    /** The socket. */
    @FunctionalInterface
    interface Sender {

        /** Sends {@code frame}; called when the send before has landed, returns at once. */
        void send(String frame, SendHandler whenSent);
    }

    /** Whose outbox it is. All are called under no lock of the outbox. */
    interface Owner {

        /** A send has failed. Called at most once. */
        void failed(Throwable cause);

        /** There is room again, after {@link #hasRoom} has said that there is none. */
        void roomAgain();

        /** Its reader is too slow, while others wait for what it holds. */
        void letGo();

        /** A ping that bears {@code mark} is to follow what was sent; its answer comes to {@link #answered}. */
        void ping(long mark);
    }

    /** For the text and for the container's buffer. */
    private static final long COPIES = 2;

    private final Sender sender;
    private final SendBudget budget;
    private final Owner owner;

    private final Backlog backlog; // guarded by this, like all below
    private final InFlight inFlight = new InFlight();
    private @Nullable Duration
            heldSince; // since when nothing has moved that stands before what waits; null if nothing does
    private boolean isBusy; // a send is under way, or waits for its turn among all
    private @Nullable Duration sendingSince; // null while no send is under way
    private long charged; // what the budget counts for the send under way
    private @Nullable Runnable whenSent; // null while it is not asked for
    private boolean closed;

    Outbox(Sender sender, Backlog.Bounds bounds, SendBudget budget, Owner owner) {
        this.sender = sender;
        this.backlog = new Backlog(bounds, budget);
        this.budget = budget;
        this.owner = owner;
    }

    /** Whether there is room for what could also wait elsewhere. */
    boolean hasRoom() {
        synchronized (this) {
            if (closed || !backlog.hasRoom()) {
                return backlog.hasRoom();
            }
        }
        return budget.hasRoom(this);
    }

    void roomAgain() {
        owner.roomAgain();
    }

    void letGo() {
        owner.letGo();
    }

    /** Runs {@code task} as soon as nothing is unsent, which may be now; never if it is closed before. */
    void whenSent(Runnable task) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (isBusy || heldSince != null) {
                whenSent = task;
                return;
            }
        }
        task.run();
    }

    /**
     * As {@link #offer(Unsent...)}, but makes the message late: {@code maker} runs once, while the lock of this outbox is held,
     * also when it is closed; empty sends nothing.
     */
    boolean offer(Supplier<Optional<Unsent>> maker) {
        synchronized (this) {
            Optional<Unsent> made = maker.get();
            if (made.isPresent() && !add(made.get())) {
                return false;
            }
            if (!begin()) {
                return true;
            }
        }
        sendWaiting(0);
        return true;
    }

    /** Takes {@code messages} and sends them as soon as it can; false if it takes only those before the bound, or none. */
    boolean offer(Unsent... messages) {
        boolean isTaken = true;
        synchronized (this) {
            for (Unsent message : messages) {
                isTaken &= isTaken && add(message);
            }
            if (!begin()) {
                return isTaken;
            }
        }
        sendWaiting(0);
        return isTaken;
    }

    private boolean add(Unsent message) {
        return closed || backlog.add(message);
    }

    /** Whether the caller has to send what waits. */
    private boolean begin() {
        boolean isToSend = !isBusy && !backlog.isEmpty() && (inFlight.hasRoom() || heldSince == null);
        isBusy |= isToSend;
        return isToSend;
    }

    /** When the send that is under way began, if one is. */
    synchronized Optional<Duration> sendingSince() {
        return Optional.ofNullable(sendingSince);
    }

    /** Since when nothing has moved though something is to be sent: a send is under way, or what is in flight has not arrived. */
    synchronized Optional<Duration> stuckSince() {
        return Optional.ofNullable(sendingSince == null ? heldSince : sendingSince);
    }

    /** Bytes of the send under way. */
    synchronized long sending() {
        return charged / COPIES;
    }

    /** Bytes that must arrive before a sign of life can be due. */
    synchronized long beforeNextAnswer() {
        return inFlight.beforeNextAnswer();
    }

    /** What a ping bears that is sent now. */
    synchronized long mark() {
        return inFlight.ping(budget.now());
    }

    /** The far side has answered a ping that bore {@code mark}; false if there is no such one. */
    boolean answered(long mark) {
        boolean isAnswer;
        synchronized (this) {
            isAnswer = inFlight.answer(mark, budget.now());
            if (!goOn()) {
                return isAnswer;
            }
        }
        sendWaiting(0);
        return isAnswer;
    }

    /** No pings are answered on this way, though the far side is alive: sends on without. */
    void stopWaiting() {
        synchronized (this) {
            inFlight.stopWaiting();
            if (!goOn()) {
                return;
            }
        }
        sendWaiting(0);
    }

    /** Something has arrived; whether the caller has to send what waits. */
    private boolean goOn() {
        boolean wasHeld = heldSince != null;
        heldSince = wasHeld && !inFlight.hasRoom() ? budget.now() : null;
        return wasHeld && begin();
    }

    /** Drops what waits, and whatever is offered from now on. */
    void close() {
        end();
    }

    /** Whether it was open until now. */
    private boolean end() {
        boolean wasOpen;
        synchronized (this) {
            wasOpen = !closed;
            closed = true;
            backlog.clear();
            budget.landed(charged); // the container may never say that it has failed
            charged = 0;
        }
        if (wasOpen) {
            budget.remove(this);
            budget.settle();
        }
        return wasOpen;
    }

    /** Sends what waits; {@code granted} bytes of it, if more than 0, are counted by the budget already. */
    void sendWaiting(long granted) {
        for (Sending sending = next(granted); sending != null; sending = next(0)) {
            try {
                sender.send(sending.frame.text(), sending);
            } catch (RuntimeException | Error failure) { // a container may throw instead of reporting to the handler
                fail(failure);
                return;
            }
            if (sending.arrivesFirst()) {
                return; // the handler will go on
            }
        }
        takeWhenSent().ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> takeWhenSent() {
        Optional<Runnable> task =
                isBusy || closed || heldSince != null ? Optional.empty() : Optional.ofNullable(whenSent);
        whenSent = task.isPresent() ? null : whenSent;
        return task;
    }

    /** The next send, if there is one and its turn has come. */
    private synchronized @Nullable Sending next(long granted) {
        sendingSince = null;
        if (!closed && !backlog.isEmpty() && !inFlight.hasRoom()) {
            budget.landed(granted);
            heldSince = budget.now();
            isBusy = false;
            return null;
        }
        long bytes = granted > 0 ? granted : COPIES * backlog.nextBytes();
        if (granted == 0 && bytes > 0 && !budget.take(this, bytes)) {
            return null; // busy until then
        }
        Backlog.Frame frame = backlog.next();
        if (frame == null) {
            budget.landed(bytes);
            isBusy = false;
            return null;
        }
        charged = bytes;
        inFlight.give(frame.bytes());
        sendingSince = budget.now();
        return new Sending(frame);
    }

    /**
     * What follows when a send has landed.
     *
     * @param isRoomAgain for a caller that waits for it
     * @param duePing what a ping bears that is due now; 0 if none is
     */
    private record Landing(boolean isRoomAgain, long duePing) {}

    private synchronized Landing landed(Backlog.Frame frame) {
        backlog.sent(frame);
        budget.landed(charged);
        charged = 0;
        return new Landing(backlog.hasRoomAgain(), closed ? 0 : inFlight.duePing(budget.now()));
    }

    private void fail(@Nullable Throwable cause) {
        if (end()) {
            owner.failed(cause == null ? new IllegalStateException("the container names no cause") : cause);
        }
    }

    /** One send. It may be over before the call returns; of the caller and the handler, the one that comes second goes on. */
    private final class Sending implements SendHandler {

        private final Backlog.Frame frame;
        private final AtomicBoolean isFirst = new AtomicBoolean(true);

        Sending(Backlog.Frame frame) {
            this.frame = frame;
        }

        boolean arrivesFirst() {
            return isFirst.getAndSet(false);
        }

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                fail(result.getException());
                return;
            }
            Landing landing = landed(frame);
            budget.settle();
            if (landing.duePing() > 0) {
                owner.ping(landing.duePing());
            }
            if (landing.isRoomAgain()) {
                owner.roomAgain();
            }
            if (!arrivesFirst()) {
                sendWaiting(0);
            }
        }
    }
}
