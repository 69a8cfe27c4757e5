package tokenly.socket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tokenly.wire.Utf8;

/**
 * What one socket has still to send, in order. One send is under way at a time, which may take along frames that are held
 * back before it; the rest waits here, up to a bound in bytes, so that a reader that does not read costs neither its room
 * time nor the server memory. Thread-safe.
 */
final class Outbox {

    /** The socket; its methods are called by one thread at a time, and when the send before has landed. */
    @FunctionalInterface
    interface Sender {

        /** Sends {@code text} and what is held back before it; returns at once. */
        void send(String text, SendHandler whenSent);

        /** Runs {@code task}, which may {@link #hold}, on another thread; returns false, and does nothing, if it cannot. */
        default boolean gather(Runnable task) {
            return false;
        }

        /** Holds {@code text} back until the next send; returns false, and does nothing, if it must be sent itself. */
        default boolean hold(String text) {
            return false;
        }
    }

    private final Sender sender;
    private final int maxBytes;
    private final Supplier<Duration> now;
    private final Consumer<Throwable> onFailure;
    private final Runnable onRoom;

    private final Queue<String> waiting = new ArrayDeque<>(); // guarded by this, like all below
    private long bytes; // of the frame under way and of all that wait
    private @Nullable Duration sendingSince; // null while no send is under way
    private boolean isAwaited; // somebody was told that there is no room
    private @Nullable Runnable whenSent; // null while nobody asks
    private boolean closed;

    /**
     * @param maxBytes most bytes of UTF-8 that may be unsent; a single frame may always be
     * @param onFailure called, at most once, with the cause if a send fails
     * @param onRoom called when there is room again, after {@link #hasRoom} has said that there is none
     */
    Outbox(Sender sender, int maxBytes, Supplier<Duration> now, Consumer<Throwable> onFailure, Runnable onRoom) {
        this.sender = sender;
        this.maxBytes = maxBytes;
        this.now = now;
        this.onFailure = onFailure;
        this.onRoom = onRoom;
    }

    /**
     * Whether so little is unsent that more may come which could also wait elsewhere: a quarter of the bound, so that what
     * cannot wait has the rest.
     */
    synchronized boolean hasRoom() {
        boolean hasRoom = bytes <= maxBytes / 4;
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

    /** As {@link #offer(String)}, with all of {@code texts} or those before the bound, which go in as few packets as can be. */
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
        if (bytes > 0 && bytes + length > maxBytes) {
            return false;
        }
        bytes += length;
        waiting.add(text);
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

    /** Several frames are left to a thread that may hold some of them back. */
    private void sendWaiting() {
        if (!isSeveral() || !sender.gather(() -> sendWaiting(true))) {
            sendWaiting(false);
        }
    }

    private void sendWaiting(boolean mayHold) {
        int held = 0; // bytes
        for (String text = next(); text != null; text = next()) {
            if (mayHold && isFollowed() && sender.hold(text)) {
                held += Utf8.length(text);
                continue;
            }
            Sending sending = new Sending(held + Utf8.length(text));
            held = 0;
            try {
                sender.send(text, sending);
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
        boolean isNews = isAwaited && bytes <= maxBytes / 8;
        isAwaited &= !isNews;
        return isNews;
    }

    private synchronized @Nullable String next() {
        String text = waiting.poll();
        sendingSince = text == null ? null : now.get();
        return text;
    }

    private synchronized boolean isSeveral() {
        return waiting.size() > 1;
    }

    private synchronized boolean isFollowed() {
        return !waiting.isEmpty();
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

        private final int length; // of all that goes in it, in bytes
        private final AtomicBoolean nobodyArrived = new AtomicBoolean(true);

        Sending(int length) {
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
