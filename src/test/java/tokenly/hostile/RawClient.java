package tokenly.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tokenly.scenario.RawRtc;
import tokenly.tool.Polling;
import tokenly.tool.server.JsonDocument;

/**
 * A connection on which a test sends what it likes, and reads or does not. It notes by what names the server refuses things.
 * One thread may send while another one reads; not more.
 */
final class RawClient implements AutoCloseable {

    static final String BATCHED = "tokenly.v1.batched";
    static final String PLAIN = "";

    private static final int CREATES_AT_ONCE = 100;

    /** For a busy machine; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** For what is on its way over the loopback. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(50);

    private static final Pattern BETWEEN = Pattern.compile("\u001e");

    private final RawRtc raw;
    private final NamedRefusals told;
    private final Queue<JsonDocument> unread = new ArrayDeque<>();
    private volatile int closeCode; // 0: none has come
    private volatile boolean hasPong;
    private @Nullable Thread listener;

    private RawClient(RawRtc raw, NamedRefusals all) {
        this.raw = raw;
        this.told = new NamedRefusals(all);
    }

    /** Connects as a resumable client that takes batches. */
    static RawClient connect(HostileServer server, InetAddress from, NamedRefusals all) throws IOException {
        return connect(server, from, all, 0, BATCHED);
    }

    /**
     * Connects.
     *
     * @param all notes what this connection is refused, too
     * @param receiveBuffer as {@link RawRtc#connect} has it
     * @throws IOException also if the server refuses the handshake, which is noted
     */
    static RawClient connect(
            HostileServer server, InetAddress from, NamedRefusals all, int receiveBuffer, String subprotocol)
            throws IOException {
        try {
            return new RawClient(RawRtc.connect(server.process(), from, receiveBuffer, subprotocol), all);
        } catch (RawRtc.Refused refused) {
            all.note("http " + refused.status());
            throw refused;
        }
    }

    /** For bytes that are no frame, or part of one. */
    RawRtc raw() {
        return raw;
    }

    /** Sends text frames, in one write. */
    RawClient send(List<String> frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String frame : frames) {
            bytes.writeBytes(RawRtc.bytesOf(RawRtc.TEXT, frame.getBytes(StandardCharsets.UTF_8)));
        }
        raw.write(bytes.toByteArray());
        return this;
    }

    RawClient send(String frame) throws IOException {
        return send(List.of(frame));
    }

    /** Creates resumable sessions, and returns how many the server gave; fewer also if it closed the connection. */
    int create(int count, IntFunction<String> session, IntFunction<String> room) throws IOException {
        int given = 0;
        for (int first = 0; first < count; first += CREATES_AT_ONCE) {
            int end = Math.min(count, first + CREATES_AT_ONCE);
            send(IntStream.range(first, end)
                    .mapToObj(i -> ClientFrames.create(session.apply(i), room.apply(i)))
                    .toList());
            for (int answered = first; answered < end; answered++) {
                Optional<JsonDocument> answer = nextAnswer();
                if (answer.isEmpty()) {
                    return given;
                }
                given += Boolean.TRUE.equals(answer.get().get("success")) ? 1 : 0;
            }
        }
        return given;
    }

    /** The next answer to a create: a room that has too much to do gives an error. */
    private Optional<JsonDocument> nextAnswer() throws IOException {
        Optional<JsonDocument> message = next();
        while (message.isPresent()
                && !message.get().isA("peer-created")
                && !message.get().isA("error")) {
            message = next();
        }
        return message;
    }

    /** Creates one session of its own room or another's, and returns its epoch. */
    String create(String session, String room) throws IOException {
        send(ClientFrames.create(session, room));
        return String.valueOf(await("peer-created").get("epoch"));
    }

    /** Waits for a message of that type. */
    JsonDocument await(String type) throws IOException {
        return next(type).orElseThrow(() -> new AssertionError("no " + type + " came before the end; told: " + told));
    }

    /** As {@link #await}; empty if the connection ends before. */
    Optional<JsonDocument> next(String type) throws IOException {
        Optional<JsonDocument> message = next();
        while (message.isPresent() && !message.get().isA(type)) {
            message = next();
        }
        return message;
    }

    /** Waits for the next message; empty at the end of the connection. Answers pings meanwhile. */
    Optional<JsonDocument> next() throws IOException {
        while (unread.isEmpty()) {
            Optional<RawRtc.Frame> frame = raw.read();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            take(frame.get());
            if (closeCode != 0) {
                return Optional.empty();
            }
        }
        return Optional.of(unread.remove());
    }

    private void take(RawRtc.Frame frame) throws IOException {
        if (frame.isClose()) {
            closeCode = frame.closeCode();
            told.note("close " + closeCode);
        } else if (frame.firstByte() == RawRtc.PING) {
            byte[] payload = new byte[frame.payload().remaining()];
            frame.payload().duplicate().get(payload);
            raw.frame(RawRtc.PONG, payload);
        } else if (frame.firstByte() == RawRtc.TEXT) {
            for (String text : messages(frame)) {
                JsonDocument message = JsonDocument.parse(text);
                told.note(message);
                hasPong |= message.isA("pong");
                unread.add(message);
            }
        }
    }

    /** The messages in a text frame. */
    static List<String> messages(RawRtc.Frame frame) {
        return List.of(BETWEEN.split(frame.text()));
    }

    /** Reads to the end; the code of the close frame, empty if there was none. */
    OptionalInt readToEnd() {
        return readToEnd(message -> {});
    }

    private OptionalInt readToEnd(Consumer<JsonDocument> each) {
        try {
            for (Optional<JsonDocument> message = next(); message.isPresent(); message = next()) {
                each.accept(message.get());
            }
        } catch (IOException cut) {
            return OptionalInt.empty();
        }
        return closeCode == 0 ? OptionalInt.empty() : OptionalInt.of(closeCode);
    }

    /** Reads on a thread of its own from now on, so that answers never stand in the way of what is sent. */
    RawClient listen() {
        return listen(message -> {});
    }

    /** The same; that thread gives {@code each} message. */
    RawClient listen(Consumer<JsonDocument> each) {
        Thread thread = new Thread(() -> readToEnd(each), "raw-client");
        thread.setDaemon(true);
        thread.start();
        listener = thread;
        return this;
    }

    /** Whether a connection that listens has ended. */
    boolean hasEnded() {
        return listener != null && !listener.isAlive();
    }

    /** Waits for the end of a connection that listens, not longer than a busy machine needs. */
    void awaitEnd() {
        Polling.until(LIMIT, this::hasEnded);
    }

    /** Sends a text frame; false if the server has ended the connection. */
    boolean sendIfOpen(String frame) {
        return sendIfOpen(RawRtc.bytesOf(RawRtc.TEXT, frame.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends any bytes; false if the server has ended the connection. */
    boolean sendIfOpen(byte[] bytes) {
        try {
            raw.write(bytes);
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    /** Waits for a connection that listens to answer a ping, or to end. */
    void awaitPong() {
        Polling.until(LIMIT, () -> hasPong || hasEnded());
    }

    /** By what names the server has refused things to this connection. */
    NamedRefusals told() {
        return told;
    }

    /** Reads what has come so far, as far as it is whole, and the close frame if there is one; waits for nothing else. */
    void readWhatIsThere() {
        try {
            raw.limitReads(ON_ITS_WAY);
            while (next().isPresent()) {
                unread.clear();
            }
        } catch (IOException atTheEnd) {
            // cut, or nothing more is there
        }
    }

    /** Says that its sessions end, and closes the connection. */
    void leave() throws IOException {
        sendIfOpen(ClientFrames.leave());
        sendIfOpen(RawRtc.bytesOf(RawRtc.CLOSE, new byte[] {0x03, (byte) 0xe8})); // 1000
        close();
    }

    /** Ends the connection as a lost network does. */
    void reset() throws IOException {
        raw.reset();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
