package tokenly.scenario;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.server.TokenlyServer;

/**
 * A client on one connection. It answers the server's pings by itself. Frames are awaited in the order they came: what an
 * await passes over is not awaited again, but stays in {@link #seen}. For one test thread.
 */
final class RtcPeer implements AutoCloseable {

    /** How a connection ended; 1006 where it ended without a close frame (RFC 6455, section 7.1.5). */
    record Closed(int code, String reason) {}

    /** For a busy machine; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What stands between two messages in one frame. */
    private static final Pattern BETWEEN = Pattern.compile("\u001e");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<JsonDocument> unread = new LinkedBlockingQueue<>();
    private final List<JsonDocument> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private RtcPeer(TokenlyServer server, WebSocket.Builder builder) {
        this(builder, server.rtc());
    }

    private RtcPeer(WebSocket.Builder builder, URI rtc) {
        socket = join(builder.buildAsync(rtc, new Listener()));
    }

    static RtcPeer connect(TokenlyServer server) {
        return new RtcPeer(server, CLIENT.newWebSocketBuilder());
    }

    /** A client that asks for one of these, the first one rather than the others. */
    static RtcPeer connect(TokenlyServer server, String subprotocol, String... others) {
        return new RtcPeer(server, CLIENT.newWebSocketBuilder().subprotocols(subprotocol, others));
    }

    /** A client that asks for nothing in the handshake, but has {@code query} in its address. */
    static RtcPeer connectWithQuery(TokenlyServer server, String query) {
        return new RtcPeer(CLIENT.newWebSocketBuilder(), URI.create(server.rtc() + "?" + query));
    }

    /** The subprotocol that the server has agreed on; "" for none. */
    String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends one text frame as it is. */
    RtcPeer send(String frame) {
        join(socket.sendText(frame, true));
        return this;
    }

    /** The same, to a server that may have closed the connection by now. */
    void sendIfOpen(String frame) {
        try {
            send(frame);
        } catch (CompletionException closedMeanwhile) {
            awaitClose();
        }
    }

    /** Sends one text message in several frames. */
    RtcPeer sendInParts(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            join(socket.sendText(parts[i], i == parts.length - 1));
        }
        return this;
    }

    RtcPeer sendBinary(byte[] bytes) {
        join(socket.sendBinary(ByteBuffer.wrap(bytes), true));
        return this;
    }

    /** Sends {@code create-peer} and returns the answer. */
    JsonDocument create(String session, String room) {
        send("{\"type\":\"create-peer\",\"session_id\":\"" + session + "\",\"room_id\":\"" + room + "\"}");
        return await(frame -> frame.isA("peer-created") && frame.isFor(session));
    }

    /** Sends {@code destroy-peer} and returns the answer. */
    JsonDocument destroy(String session) {
        send("{\"type\":\"destroy-peer\",\"session_id\":\"" + session + "\"}");
        return await(frame -> frame.isA("peer-destroyed") && frame.isFor(session));
    }

    /** Sends {@code leave}. */
    void leave() {
        send("{\"type\":\"leave\"}");
    }

    /** Waits for the next frame. */
    JsonDocument next() {
        return await(frame -> true);
    }

    /** Waits for the next frame of that type. */
    JsonDocument await(String type) {
        return await(frame -> frame.isA(type));
    }

    /** Waits for the next frame that matches. */
    JsonDocument await(Predicate<JsonDocument> matches) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (true) {
                JsonDocument frame = unread.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new AssertionError("the awaited frame did not come; " + this);
                }
                if (matches.test(frame)) {
                    return frame;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a frame was awaited", interrupted);
        }
    }

    /** Every frame that came so far; of one that holds several messages, each. */
    List<JsonDocument> seen() {
        return seen;
    }

    /** Waits for the connection to end, from whichever side. */
    Closed awaitClose() {
        try {
            return closed.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("the connection was not closed; " + this, late);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a close was awaited", interrupted);
        }
    }

    /** How many frames that took, on the wire. */
    int frames() {
        return frames.get();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** Closes with {@code code} and waits for the server's answer. */
    Closed close(int code) {
        join(socket.sendClose(code, ""));
        return awaitClose();
    }

    /** Drops the TCP connection without a close frame, as a lost network would look once it is noticed. */
    void abort() {
        socket.abort();
        closed.complete(new Closed(1006, "aborted here"));
    }

    /** Leaves, if it is still open. */
    @Override
    public void close() {
        if (!isOpen()) {
            return;
        }
        try {
            if (!subprotocol().isEmpty()) {
                leave();
            }
            close(WebSocket.NORMAL_CLOSURE);
        } finally {
            socket.abort();
        }
    }

    @Override
    public String toString() {
        return (isOpen() ? "open" : closed.join()) + ", frames seen:\n  "
                + String.join("\n  ", seen.stream().map(JsonDocument::text).toList());
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frames.incrementAndGet();
                for (String message : List.of(BETWEEN.split(text))) {
                    JsonDocument frame = JsonDocument.parse(message);
                    seen.add(frame);
                    unread.add(frame);
                }
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(new Closed(statusCode, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(new Closed(1006, error.toString()));
        }
    }
}
