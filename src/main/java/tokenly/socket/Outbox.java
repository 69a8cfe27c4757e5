package tokenly.socket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tokenly.wire.Batch;
import tokenly.wire.Utf8;

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

    /**
     * A message that waits.
     *
     * @param bytes its length in UTF-8
     */
    private record Unsent(String text, int bytes) {}

    private final Sender sender;
    private final Bounds bounds;
    private final Supplier<Duration> now;
    private final Consumer<Throwable> onFailure;
    private final Runnable onRoom;

    private final Queue<Unsent> waiting = new ArrayDeque<>(); // guarded by this, like all below
    private long bytes; // of what is under way and of all that wait
    private @Nullable Duration sendingSince; // null while no send is under way
    private boolean isAwaited; // somebody was told that there is no room
    private @Nullable Runnable whenSent; // null while nobody asks
    private boolean closed;

    /**
     * In bytes of UTF-8.
     *
     * @param batch most in a frame of more than one message; 0 for a reader that takes no such frame
     * @param unsent most that may be unsent; a single message may always be
     */
    record Bounds(int batch, int unsent) {}

    /**
     * @param onFailure called, at most once, with the cause if a send fails
     * @param onRoom called when there is room again, after {@link #hasRoom} has said that there is none
     */
    Outbox(Sender sender, Bounds bounds, Supplier<Duration> now, Consumer<Throwable> onFailure, Runnable onRoom) {
        this.sender = sender;
        this.bounds = bounds;
        this.now = now;
        this.onFailure = onFailure;
        this.onRoom = onRoom;
    }

    /**
     * Whether so little is unsent that more may come which could also wait elsewhere: a quarter of the bound, so that what
     * cannot wait has the rest.
     */
    synchronized boolean hasRoom() {
        boolean hasRoom = bytes <= bounds.unsent() / 4;
        isAwaited |= !hasRoom;
        return hasRoom;
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
        if (closed) {
            return true;
        }
        int length = Utf8.length(text);
        if (bytes > 0 && bytes + length > bounds.unsent()) {
            return false;
        }
        bytes += length;
        waiting.add(new Unsent(text, length));
        return true;
    }

    /** Whether the caller has to send what waits. */
    private boolean begin() {
        if (sendingSince != null || waiting.isEmpty()) {
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
        waiting.clear();
    }

    private void sendWaiting() {
        for (Sending sending = next(); sending != null; sending = next()) {
            try {
                sender.send(sending.frame, sending);
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

    /** Half of what {@link #hasRoom} allows, so that a reader is not fed by the frame. */
    private synchronized boolean hasRoomAgain() {
        boolean isNews = isAwaited && bytes <= bounds.unsent() / 8;
        isAwaited &= !isNews;
        return isNews;
    }

    /** What waits, as far as it may go in one frame; null if nothing does. */
    private synchronized @Nullable Sending next() {
        sendingSince = waiting.isEmpty() ? null : now.get();
        List<String> texts = new ArrayList<>(1);
        int length = 0;
        int room = bounds.batch();
        while (!waiting.isEmpty() && (texts.isEmpty() || waiting.element().bytes() <= room)) {
            Unsent unsent = waiting.remove();
            texts.add(unsent.text());
            length += unsent.bytes();
            room -= unsent.bytes() + Batch.SEPARATOR_BYTES;
        }
        return texts.isEmpty() ? null : new Sending(Batch.join(texts), length);
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

        private final String frame;
        private final int length; // of all that is in it, in bytes
        private final AtomicBoolean nobodyArrived = new AtomicBoolean(true);

        Sending(String frame, int length) {
            this.frame = frame;
            this.length = length;
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
            synchronized (Outbox.this) {
                bytes -= length;
            }
            if (hasRoomAgain()) {
                onRoom.run();
            }
            if (!arrivesFirst()) {
                sendWaiting();
            }
        }
    }
}
