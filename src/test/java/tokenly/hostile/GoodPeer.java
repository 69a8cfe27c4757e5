package tokenly.hostile;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tokenly.scenario.RawRtc;
import tokenly.tool.Polling;
import tokenly.tool.server.JsonDocument;

/**
 * A well-behaved resumable client: one session that numbers its messages to a partner, acknowledges what it gets, and comes
 * back when its connection is lost. It notes everything that a good client should not meet. Its own thread reads; any thread
 * may send.
 */
final class GoodPeer {

    /** It holds still when so many are not acknowledged. */
    private static final int MOST_UNACKED = 200;

    /** Error codes after which a client sends again (PROTOCOL.md, "Error codes"). */
    private static final Set<String> WAITED_OUT = Set.of("busy", "seq-gap", "store-failed", "rate-limited");

    private static final long USUAL_WAIT_MILLIS = 100;
    private static final Duration RETRY_DELAY = Duration.ofMillis(50);
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    private record Unacked(long seq, String frame) {}

    private final HostileServer server;
    private final InetAddress from;
    private final String name;
    private final String partner;
    private final String room;
    private final String key;
    private final LongConsumer arrivals; // of the nanoseconds that each message took
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile boolean mayLoseConnections;
    private volatile boolean isLeaving;
    private volatile long arrived; // number of the last message that came; its thread writes

    private final Deque<Unacked> unacked = new ArrayDeque<>(); // guarded by this
    private long sent; // guarded by this
    private long acked; // guarded by this
    private boolean isWaiting; // guarded by this
    private long waitEnd; // guarded by this; of System.nanoTime
    private int waits; // guarded by this
    private @Nullable RawRtc attached; // guarded by this; null while the session is on no connection

    private @Nullable String epoch; // its thread's own, as the next two
    private long received;
    private int attempt;

    GoodPeer(HostileServer server, InetAddress from, String name, String partner, String room, LongConsumer arrivals) {
        this.server = server;
        this.from = from;
        this.name = name;
        this.partner = partner;
        this.room = room;
        this.arrivals = arrivals;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        this.reader = new Thread(this::run, name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Sends the next message to its partner: at once, or when it is back, or when the wait that the server asked for is over. */
    synchronized void send() {
        if (unacked.size() < MOST_UNACKED) {
            long seq = ++sent;
            Unacked message = new Unacked(
                    seq, ClientFrames.message(name, partner, seq, "\"n\":" + seq + ",\"nanos\":" + System.nanoTime()));
            unacked.add(message);
            if (!isWaiting) {
                send(List.of(message));
            }
        }
        sendAgainIfDue();
    }

    /** Sends again what is not acknowledged, if the wait that the server asked for is over. */
    synchronized void sendAgainIfDue() {
        if (isWaiting && System.nanoTime() - waitEnd >= 0) {
            isWaiting = false;
            send(List.copyOf(unacked));
        }
    }

    private synchronized void send(List<Unacked> messages) {
        try {
            for (Unacked message : messages) {
                if (attached != null) {
                    attached.text(message.frame());
                }
            }
        } catch (IOException lost) {
            attached = null; // its thread finds the loss, too, and sends them again
        }
    }

    /** The server takes no signals for a while: they go out again, in order, when that is over (PROTOCOL.md, "Sending"). */
    private synchronized void wait(JsonDocument error) {
        long millis = Math.max(USUAL_WAIT_MILLIS, number(error.get("retry_after_ms")));
        isWaiting = true;
        waitEnd = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        waits++;
    }

    synchronized boolean isAttached() {
        return attached != null;
    }

    synchronized long sent() {
        return sent;
    }

    /** The number of the last message that has come, each after the one before. */
    long arrived() {
        return arrived;
    }

    /** How often the server asked it to wait. */
    synchronized int waits() {
        return waits;
    }

    /** What a good client should not have met. */
    List<String> faults() {
        return faults;
    }

    /** From now on a lost connection is no fault: the server is about to be killed. */
    void mayLoseConnections() {
        mayLoseConnections = true;
    }

    /** Ends its session, and its connection. */
    void leave() {
        isLeaving = true;
        synchronized (this) {
            if (attached == null) {
                return;
            }
            try {
                attached.text(ClientFrames.destroy(name));
                attached.frame(RawRtc.CLOSE, new byte[] {0x03, (byte) 0xe8}); // 1000
            } catch (IOException lost) {
                attached = null; // its window ends the session
            }
        }
    }

    private void run() {
        while (!isLeaving) {
            try (RawRtc connection = RawRtc.connect(server.process(), from, 0, server.offered())) {
                attempt++;
                write(connection, RawRtc.TEXT, hello().getBytes(StandardCharsets.UTF_8));
                Optional<RawRtc.Frame> frame = connection.read();
                while (frame.isPresent()) {
                    take(connection, frame.get());
                    frame = connection.read();
                }
                detach("cut");
            } catch (IOException lost) {
                detach(lost.toString());
            }
            Polling.until(RETRY_DELAY, () -> isLeaving);
        }
    }

    private synchronized String hello() {
        return epoch == null
                ? ClientFrames.create(name, room, key, name, attempt)
                : ClientFrames.resume(
                        name, attempt, List.of(new ClientFrames.Entry(name, key, epoch, received, sent, acked)));
    }

    private synchronized void detach(String cause) {
        if (attached != null && !mayLoseConnections && !isLeaving) {
            faults.add("its connection was lost: " + cause);
        }
        attached = null;
    }

    private synchronized void write(RawRtc connection, int firstByte, byte[] payload) throws IOException {
        connection.frame(firstByte, payload);
    }

    private void take(RawRtc connection, RawRtc.Frame frame) throws IOException {
        if (frame.isClose()) {
            throw new IOException("closed with " + frame.closeCode());
        }
        if (frame.firstByte() == PING) {
            byte[] payload = new byte[frame.payload().remaining()];
            frame.payload().duplicate().get(payload);
            write(connection, PONG, payload);
        } else if (frame.firstByte() == RawRtc.TEXT) {
            for (String message : RawClient.messages(frame)) {
                take(connection, JsonDocument.parse(message));
            }
        }
    }

    private void take(RawRtc connection, JsonDocument message) throws IOException {
        switch (message.type()) {
            case "peer-created", "resumed" -> attach(connection, message);
            case "ack" -> forget(number(message.get("received") instanceof Map<?, ?> acks ? acks.get(name) : null));
            case "message", "peer-joined", "peer-left", "peer-away", "peer-back" -> takeNumbered(connection, message);
            case "welcome", "authenticated", "drain", "pong", "peer-destroyed" -> {
                // nothing to do
            }
            default -> {
                if (message.isA("error") && WAITED_OUT.contains(String.valueOf(message.get("code")))) {
                    wait(message);
                } else {
                    faults.add(message.text());
                }
            }
        }
    }

    /** Its session is on {@code connection} now: whatever the server has not answered for goes out again. */
    private synchronized void attach(RawRtc connection, JsonDocument answer) {
        if (answer.isA("peer-created") && Boolean.TRUE.equals(answer.get("success"))) {
            epoch = String.valueOf(answer.get("epoch"));
        } else if ("resumed".equals(answer.get("outcome"))) {
            forget(number(answer.get("received")));
        } else {
            faults.add(answer.text());
            return;
        }
        attached = connection;
        isWaiting = false;
        send(List.copyOf(unacked));
    }

    private synchronized void forget(long acknowledged) {
        acked = Math.max(acked, acknowledged);
        while (!unacked.isEmpty() && unacked.element().seq() <= acknowledged) {
            unacked.remove();
        }
    }

    private void takeNumbered(RawRtc connection, JsonDocument message) throws IOException {
        long seq = number(message.get("seq"));
        if (seq <= received) {
            return;
        }
        if (seq != received + 1) {
            faults.add("after number " + received + " came " + message.text());
        }
        received = seq;
        if (message.isA("message")) {
            long n = number(message.get("n"));
            if (n != arrived + 1) {
                faults.add("after message " + arrived + " came " + n);
            }
            arrivals.accept(System.nanoTime() - number(message.get("nanos")));
            arrived = n;
        }
        write(connection, RawRtc.TEXT, ClientFrames.ack(name, seq).getBytes(StandardCharsets.UTF_8));
    }

    /** 0 where there is none. */
    private static long number(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.longValueExact() : 0;
    }
}
