package tokenly.cluster;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What one node has still to say to another, in order: one message is under way at a time, and takes along whatever waits. Where the
 * other does not read, it fails rather than fill the memory. Thread-safe.
 */
final class LinkQueue {

    private static final System.Logger LOG = System.getLogger(LinkQueue.class.getName());

    /** In characters. A frame that has more goes alone. */
    private static final int MESSAGE_LENGTH = 64 << 10;

    /** Most characters that may wait: what hundreds of clients may send and are owed, each within its window. */
    private static final int MOST = 32 << 20;

    private final Function<String, CompletionStage<?>> socket;
    private final Runnable whenBroken;
    private final Executor executor;
    private final Queue<String> waiting = new ArrayDeque<>(); // guarded by this, like all below
    private long length;
    private boolean isBusy;
    private boolean isClosed;

    /**
     * @param socket sends a message, and completes when the next one may be sent
     * @param whenBroken called when a message could not be sent, or too much waits; perhaps more than once
     * @param executor runs that, for the caller may hold a lock
     */
    LinkQueue(Function<String, CompletionStage<?>> socket, Runnable whenBroken, Executor executor) {
        this.socket = socket;
        this.whenBroken = whenBroken;
        this.executor = executor;
    }

    void send(LinkFrame frame) {
        String text = frame.encode();
        boolean isTooMuch;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            waiting.add(text);
            length += text.length();
            isTooMuch = length > MOST;
        }
        if (isTooMuch) {
            fail();
        } else {
            sendWaiting();
        }
    }

    private void sendWaiting() {
        String message = next();
        if (message.isEmpty()) {
            return;
        }
        try {
            socket.apply(message).whenComplete((sent, failure) -> {
                if (failure == null) {
                    sent();
                } else {
                    fail();
                }
            });
        } catch (RuntimeException gone) { // a container may throw instead of telling by the stage
            LOG.log(Level.DEBUG, "a message to another node could not be sent", gone);
            fail();
        }
    }

    private void fail() {
        close();
        executor.execute(whenBroken);
    }

    private void sent() {
        synchronized (this) {
            isBusy = false;
        }
        sendWaiting();
    }

    /** The next message, which is under way from now on; "" if there is none, or one is under way. */
    private synchronized String next() {
        if (isBusy || isClosed || waiting.isEmpty()) {
            return "";
        }
        isBusy = true;
        StringBuilder message = new StringBuilder(take());
        while (!waiting.isEmpty() && message.length() + waiting.element().length() < MESSAGE_LENGTH) {
            message.append(LinkFrame.SEPARATOR).append(take());
        }
        return message.toString();
    }

    private String take() {
        String frame = waiting.remove();
        length -= frame.length();
        return frame;
    }

    /** Drops what waits, and whatever comes. */
    synchronized void close() {
        isClosed = true;
        waiting.clear();
        length = 0;
    }
}
