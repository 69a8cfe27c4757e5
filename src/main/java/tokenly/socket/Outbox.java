package tokenly.socket;

import jakarta.websocket.SendHandler;
import java.time.Duration;
import java.util.Optional;
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

    /** For the text and for the container's buffer. */
    private static final long COPIES = 2;

    private final Sender sender;
    private final SendBudget budget;
    private final OutboxOwner owner;
    private final boolean holdsBack;

    private final Backlog backlog; // guarded by this, like all below
    private final InFlight inFlight = new InFlight();
    private boolean isBusy; // a send is under way, or waits for its turn among all
    private @Nullable Duration sendingSince; // null while no send is under way
    private long charged; // what the budget counts for the send under way
    private @Nullable Runnable whenSent; // null while it is not asked for
    private boolean closed;

    /** Of a connection for which nothing waits elsewhere: more than a window is held back here. */
    Outbox(Sender sender, Backlog.Bounds bounds, SendBudget budget, OutboxOwner owner) {
        this(sender, bounds, budget, owner, true);
    }

    /** @param holdsBack whether more than a window is held back here; else {@link #hasRoom} says no, and it waits in mailboxes */
    Outbox(Sender sender, Backlog.Bounds bounds, SendBudget budget, OutboxOwner owner, boolean holdsBack) {
        this.sender = sender;
        this.backlog = new Backlog(bounds, budget);
        this.budget = budget;
        this.owner = owner;
        this.holdsBack = holdsBack;
    }

    /** Whether there is room for what could also wait elsewhere. */
    boolean hasRoom() {
        synchronized (this) {
            boolean hasRoom = backlog.hasRoom() && (closed || hasWindow());
            if (closed || !hasRoom) {
                return hasRoom;
            }
        }
        return budget.hasRoom(this);
    }

    private boolean hasWindow() {
        boolean hasWindow = inFlight.hasRoom(backlog.bytes());
        if (!hasWindow && !inFlight.isHolding()) {
            inFlight.hold(budget.now());
        }
        return hasWindow;
    }

    OutboxOwner owner() {
        return owner;
    }

    /** Runs {@code task} as soon as nothing is unsent, which may be now; never if it is closed before. */
    void whenSent(Runnable task) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (isBusy || isHeld()) {
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
        boolean isToSend = !isBusy && !backlog.isEmpty() && !isHeld();
        isBusy |= isToSend;
        return isToSend;
    }

    /** When the send that is under way began, if one is. */
    synchronized Optional<Duration> sendingSince() {
        return Optional.ofNullable(sendingSince);
    }

    /** Since when nothing has moved though something is to be sent: a send is under way, or what is in flight has not arrived. */
    synchronized Optional<Duration> stuckSince() {
        return sendingSince().or(inFlight::heldSince);
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
        Runnable next;
        synchronized (this) {
            if (!inFlight.answer(mark, budget.now())) {
                return false;
            }
            next = goOn();
        }
        next.run();
        return true;
    }

    /** No pings are answered on this way, though the far side is alive: sends on without. */
    void stopWaiting() {
        Runnable next;
        synchronized (this) {
            inFlight.stopWaiting();
            next = goOn();
        }
        next.run();
    }

    /** Something has arrived; what is to be done then, without the lock. */
    private Runnable goOn() {
        if (!inFlight.release(budget.now())) {
            return () -> {};
        }
        return holdsBack ? this::sendIfFree : owner::roomAgain;
    }

    private void sendIfFree() {
        synchronized (this) {
            if (!begin()) {
                return;
            }
        }
        sendWaiting(0);
    }

    /** Whether what waits here waits for something to arrive. */
    private boolean isHeld() {
        return holdsBack && inFlight.isHolding() && !inFlight.hasRoom();
    }

    /** Drops what waits, and whatever is offered from now on; returns whether it was open until now. */
    boolean close() {
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
                sender.send(sending.text(), sending);
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
        Optional<Runnable> task = isBusy || closed || isHeld() ? Optional.empty() : Optional.ofNullable(whenSent);
        whenSent = task.isPresent() ? null : whenSent;
        return task;
    }

    /** The next send, if there is one and its turn has come. */
    private synchronized @Nullable Sending next(long granted) {
        sendingSince = null;
        if (holdsBack && !closed && !backlog.isEmpty() && !inFlight.hasRoom()) {
            budget.landed(granted);
            inFlight.hold(budget.now());
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
        return new Sending(this, frame);
    }

    /** The send under way has landed, which was {@code frame}. */
    void landed(Backlog.Frame frame) {
        boolean isRoomAgain;
        long duePing;
        synchronized (this) {
            backlog.sent(frame);
            budget.landed(charged);
            charged = 0;
            isRoomAgain = backlog.hasRoomAgain();
            duePing = closed ? 0 : inFlight.duePing(budget.now());
        }
        budget.settle();
        if (duePing > 0) {
            owner.ping(duePing);
        }
        if (isRoomAgain) {
            owner.roomAgain();
        }
    }

    void fail(@Nullable Throwable cause) {
        if (close()) {
            owner.failed(cause == null ? new IllegalStateException("the container names no cause") : cause);
        }
    }
}
