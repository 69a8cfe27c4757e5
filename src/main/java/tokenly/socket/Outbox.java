package tokenly.socket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one socket has still to send, in order. One send is under way at a time; the rest waits here, up to a bound in bytes,
 * so that a reader that does not read costs neither its room time nor the server memory. To whoever takes it, what waits goes
 * together. Thread-safe.
 */
final class Outbox {

    /** The socket. */
    @FunctionalInterface
    interface Sender {

        /** Sends {@code frame}; called when the send before has landed, returns at once. */
        void send(String frame, SendHandler whenSent);
    }

    private final Sender sender;
    private final Supplier<Duration> now;
    private final Consumer<Throwable> onFailure;
    private final Runnable onRoom;

    private final Backlog backlog; // guarded by this, like all below
    private @Nullable Duration sendingSince; // null while no send is under way
    private @Nullable Runnable whenSent; // null while nobody asks
    private boolean closed;

    /**
     * @param onFailure called, at most once, with the cause if a send fails
     * @param onRoom called when there is room again, after {@link #hasRoom} has said that there is none
     */
    Outbox(
            Sender sender,
            Backlog.Bounds bounds,
            Supplier<Duration> now,
            Consumer<Throwable> onFailure,
            Runnable onRoom) {
        this.sender = sender;
        this.backlog = new Backlog(bounds);
        this.now = now;
        this.onFailure = onFailure;
        this.onRoom = onRoom;
    }

    /** Whether there is room for what could also wait elsewhere. */
    synchronized boolean hasRoom() {
        return backlog.hasRoom();
    }

    /** Runs {@code task} as soon as nothing is unsent, which may be now; never if it is closed before. */
    void whenSent(Runnable task) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (sendingSince != null) {
                whenSent = task;
                return;
            }
        }
        task.run();
    }

    /** Takes {@code text} and sends it when its turn comes; false, and nothing is taken, if it would pass the bound. */
    boolean offer(String text) {
        return offer(() -> Optional.of(text));
    }

    /**
     * As {@link #offer(String)}, with the text that {@code maker} makes, if any, when its place in the order is certain. It
     * is called under the lock of this outbox, and even if that is closed.
     */
    boolean offer(Supplier<Optional<String>> maker) {
        synchronized (this) {
            Optional<String> made = maker.get();
            if (made.isPresent() && !add(made.get())) {
                return false;
            }
            if (!begin()) {
                return true;
            }
        }
        sendWaiting();
        return true;
    }

    /** As {@link #offer(String)}, with all of {@code texts}, or those before the bound. */
    boolean offer(List<String> texts) {
        boolean isTaken = true;
        synchronized (this) {
            for (String text : texts) {
                isTaken &= isTaken && add(text);
            }
            if (!begin()) {
                return isTaken;
            }
        }
        sendWaiting();
        return isTaken;
    }

    private boolean add(String text) {
        return closed || backlog.add(text);
    }

    /** Whether the caller has to send what waits. */
    private boolean begin() {
        if (sendingSince != null || backlog.isEmpty()) {
            return false;
        }
        sendingSince = now.get();
        return true;
    }

    /** When the send that is under way began, if one is. */
    synchronized Optional<Duration> sendingSince() {
        return Optional.ofNullable(sendingSince);
    }

    /** Drops what waits, and whatever is offered from now on. */
    synchronized void close() {
        closed = true;
        backlog.clear();
    }

    private void sendWaiting() {
        for (Sending sending = next(); sending != null; sending = next()) {
            try {
                sender.send(sending.frame.text(), sending);
            } catch (RuntimeException failure) { // a container may throw instead of reporting to the handler
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
        Optional<Runnable> task = sendingSince == null && !closed ? Optional.ofNullable(whenSent) : Optional.empty();
        whenSent = task.isPresent() ? null : whenSent;
        return task;
    }

    private synchronized @Nullable Sending next() {
        Backlog.Frame frame = backlog.next();
        sendingSince = frame == null ? null : now.get();
        return frame == null ? null : new Sending(frame);
    }

    /** Returns whether there is room again for whoever waits for it. */
    private synchronized boolean landed(Backlog.Frame frame) {
        backlog.sent(frame);
        return backlog.hasRoomAgain();
    }

    private void fail(@Nullable Throwable cause) {
        synchronized (this) {
            if (closed) {
                return;
            }
            close();
        }
        onFailure.accept(cause == null ? new IllegalStateException("the container names no cause") : cause);
    }

    /** One send. It may be over before the call returns; of the caller and the handler, whoever comes second goes on. */
    private final class Sending implements SendHandler {

        private final Backlog.Frame frame;
        private final AtomicBoolean nobodyArrived = new AtomicBoolean(true);

        Sending(Backlog.Frame frame) {
            this.frame = frame;
        }

        boolean arrivesFirst() {
            return nobodyArrived.getAndSet(false);
        }

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                fail(result.getException());
                return;
            }
            if (landed(frame)) {
                onRoom.run();
            }
            if (!arrivesFirst()) {
                sendWaiting();
            }
        }
    }
}
