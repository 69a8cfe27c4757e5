package tokenly.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.CloseCode;
import tokenly.protocol.Subprotocol;
import tokenly.session.Timer;

/**
 * The container's socket, made harmless: calls that may block (on Jetty 12.1 a ping waits until it is flushed) run on an
 * executor, a ping at a time, and a socket that is gone is no error. Thread-safe.
 */
final class Socket implements Outbox.Sender {

    private static final System.Logger LOG = System.getLogger(Socket.class.getName());

    /** How long the other side may take to answer a close; a stalled or stubborn one would for ever. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private static final long NO_PING = 0;

    /** Shorter than the gap between two frames of anybody, so that even a client that keeps talking is cut. */
    private static final long AT_ONCE_MILLIS = 1;

    private final Session session;
    private final Executor executor;
    private final Timer timer;
    private final AtomicLong wantedPing = new AtomicLong(NO_PING); // the last one that is to be sent
    private volatile @Nullable Duration pingingSince; // null while none is being sent

    Socket(Session session, Executor executor, Timer timer) {
        this.session = session;
        this.executor = executor;
        this.timer = timer;
        session.setMaxIdleTimeout(0); // the heartbeat decides; Jetty would close an idle socket after 30 s
    }

    String id() {
        return session.getId();
    }

    @Override
    public void send(String text, SendHandler whenSent) {
        session.getAsyncRemote().sendText(text, whenSent);
    }

    /** Sends a ping that bears {@code mark}, from 1, as soon as the last one is sent; of those that wait for that, only the last one. */
    void ping(long mark) {
        if (wantedPing.getAndAccumulate(mark, Math::max) == NO_PING) {
            executor.execute(this::sendPings);
        }
    }

    private void sendPings() {
        for (long mark = wantedPing.get(); mark != NO_PING; ) {
            ByteBuffer payload = ByteBuffer.allocate(Long.BYTES).putLong(mark).flip();
            pingingSince = timer.now();
            attempt("took no ping", () -> session.getAsyncRemote().sendPing(payload));
            pingingSince = null;
            mark = wantedPing.compareAndSet(mark, NO_PING) ? NO_PING : wantedPing.get();
        }
    }

    /** Whether a ping waits for a thread, of which others may hang on their own sockets. */
    boolean hasUnsentPing() {
        return wantedPing.get() != NO_PING && pingingSince == null;
    }

    /** Since when a ping is being sent, if one is. */
    Optional<Duration> pingingSince() {
        return Optional.ofNullable(pingingSince);
    }

    /** What the handshake has agreed on, or, as some proxies drop that header, what the address asks for. */
    Subprotocol subprotocol() {
        String agreed = Objects.requireNonNullElse(session.getNegotiatedSubprotocol(), "");
        List<String> asked = session.getRequestParameterMap().getOrDefault("protocol", List.of());
        return Subprotocol.of(agreed.isEmpty() && !asked.isEmpty() ? asked.get(0) : agreed);
    }

    /** Closes it, by force if the other side does not answer in time. */
    void close(CloseCode code) {
        close(code, code.reason());
    }

    /** @param text for the client, instead of the code's own; at most 123 bytes */
    void close(CloseCode code, String text) {
        CloseReason reason = new CloseReason(CloseReason.CloseCodes.getCloseCode(code.number()), text);
        executor.execute(() -> attempt("is closed already", () -> session.close(reason)));
        // On the timer's own thread: the executor's may all hang on sockets that wait for just this.
        timer.after(CLOSE_TIMEOUT, () -> attempt("has closed", () -> session.setMaxIdleTimeout(AT_ONCE_MILLIS)));
    }

    /** Runs {@code task} on a thread that may block. */
    void execute(Runnable task) {
        executor.execute(task);
    }

    private interface Call {
        void run() throws IOException;
    }

    private void attempt(String whatItMeansToFail, Call call) {
        try {
            call.run();
        } catch (IOException | RuntimeException gone) {
            LOG.log(Level.DEBUG, () -> "connection " + id() + " " + whatItMeansToFail, gone);
        }
    }
}
