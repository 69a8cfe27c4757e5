package tokenly.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.CloseCode;
import tokenly.protocol.FrameLimits;
import tokenly.protocol.Utf8;

/**
 * One {@link WebSocket}, made harmless: one send at a time, whole messages only, and the next frame is asked for when the
 * last one is processed, so that a slow client slows its server instead of filling its own memory. Thread-safe.
 */
final class HttpLink implements Transport.Link, WebSocket.Listener {

    /** The largest message the server has is a peer-created with 1,000 ids, less than 1 MiB. */
    private static final int MAX_MESSAGE_LENGTH = 16 << 20;

    /** What stands between two messages in one frame (PROTOCOL.md, "Batches"). */
    private static final Pattern BETWEEN = Pattern.compile(FrameLimits.BATCH_SEPARATOR);

    private final Transport.Listener listener;
    private final Executor thread;
    private final boolean asksForV1;
    private final StringBuilder partial = new StringBuilder(); // for the socket's own calls, which never overlap
    private final Queue<String> unsent = new ArrayDeque<>(); // guarded by this, like all below
    private @Nullable WebSocket socket; // null until it is open
    private boolean isSending;
    private Transport.Progress progress = Transport.Progress.NONE;
    private int closeCode; // 0 until it is to be closed
    private boolean isOver; // nothing more is said to the listener

    /** @param asksForV1 whether the address asks for the protocol, so that the handshake need not agree on it */
    HttpLink(Transport.Listener listener, Executor thread, boolean asksForV1) {
        this.listener = listener;
        this.thread = thread;
        this.asksForV1 = asksForV1;
    }

    /** The socket is being opened. */
    void opening(CompletionStage<WebSocket> socketToBe) {
        whenDone(socketToBe, () -> {});
    }

    @Override
    public synchronized Transport.Progress progress() {
        return progress;
    }

    @Override
    public void send(String frame) {
        synchronized (this) {
            if (isOver || closeCode != 0) {
                return;
            }
            unsent.add(frame);
        }
        pump();
    }

    @Override
    public void close(int code) {
        synchronized (this) {
            closeCode = code;
        }
        pump();
    }

    @Override
    public void abort() {
        WebSocket cut;
        synchronized (this) {
            isOver = true;
            unsent.clear();
            cut = socket;
        }
        if (cut != null) {
            cut.abort();
        }
    }

    private void pump() {
        while (true) {
            WebSocket open;
            String frame;
            int code;
            synchronized (this) {
                code = closeCode;
                if (socket == null || isSending || isOver || (unsent.isEmpty() && code == 0)) {
                    return;
                }
                isSending = true;
                open = socket;
                frame = unsent.poll();
                progress = new Transport.Progress(progress.sent(), frame == null ? 0 : Utf8.length(frame));
            }
            if (frame == null) {
                whenDone(open.sendClose(code, ""), () -> {}); // nothing is sent any more
                return;
            }
            CompletableFuture<WebSocket> sent = open.sendText(frame, true);
            if (!sent.isDone()) {
                whenDone(sent, this::sendOn);
                return;
            }
            whenDone(sent, () -> {});
            idle(); // and on in this loop: calls in each other would have no end
        }
    }

    private void sendOn() {
        idle();
        pump();
    }

    private synchronized void idle() {
        isSending = false;
        progress = new Transport.Progress(progress.sent() + progress.underWay(), 0);
    }

    private void whenDone(CompletionStage<WebSocket> send, Runnable next) {
        send.whenCompleteAsync(
                (done, failure) -> {
                    if (failure != null) {
                        failed(failure);
                    } else {
                        next.run();
                    }
                },
                thread);
    }

    /** It could not be opened, or a send has failed. */
    private void failed(Throwable failure) {
        over(CloseCode.LOST.number(), ConnectFailure.reason(failure));
        abort(); // it may be half open still
    }

    private void refuse(WebSocket plain) {
        over(CloseCode.LOST.number(), ConnectFailure.NOT_RESUMABLE);
        plain.abort();
    }

    private void over(int code, String reason) {
        synchronized (this) {
            if (isOver) {
                return;
            }
            isOver = true;
        }
        thread.execute(() -> listener.closed(code, reason));
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (opened.getSubprotocol().isEmpty() && !asksForV1) {
            refuse(opened);
            return;
        }
        boolean isTooLate;
        synchronized (this) {
            socket = opened;
            isTooLate = isOver;
        }
        if (isTooLate) {
            opened.abort();
            return;
        }
        opened.request(1);
        pump();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        if (partial.length() + part.length() > MAX_MESSAGE_LENGTH) {
            failed(new IllegalStateException("a message is longer than any the server has"));
            return null;
        }
        partial.append(part);
        if (!isLast) {
            return heard(from);
        }
        Iterator<String> messages = BETWEEN.splitAsStream(partial.toString()).iterator();
        partial.setLength(0);
        thread.execute(() -> take(messages, from));
        return null;
    }

    /** Each in a task of its own, so that what the listener does at one of them comes before the next. */
    private void take(Iterator<String> messages, WebSocket from) {
        if (isOver()) {
            return;
        }
        try {
            listener.text(messages.next());
        } finally {
            if (messages.hasNext()) {
                thread.execute(() -> take(messages, from));
            } else {
                from.request(1);
            }
        }
    }

    private synchronized boolean isOver() {
        return isOver;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean isLast) {
        return heard(from); // carries nothing
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
        return heard(from); // the JDK answers it
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        return heard(from);
    }

    private @Nullable CompletionStage<?> heard(WebSocket from) {
        thread.execute(listener::heard);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        over(code, reason);
        return null; // the JDK answers it
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        failed(failure);
    }
}
