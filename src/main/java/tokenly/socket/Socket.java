package tokenly.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Shorter than the gap between two frames of anybody, so that even a client that keeps talking is cut. */
    private static final long AT_ONCE_MILLIS = 1;

    private final Session session;
    private final Executor executor;
    private final Timer timer;
    private final AtomicBoolean isPinging = new AtomicBoolean();

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

    /** Sends a ping, unless the last one is still on its way. */
    void ping() {
        if (isPinging.getAndSet(true)) {
            return;
        }
        executor.execute(() -> {
            attempt("took no ping", () -> session.getAsyncRemote().sendPing(ByteBuffer.allocate(0)));
            isPinging.set(false);
        });
    }

    /** What the handshake has agreed on. */
    Subprotocol subprotocol() {
        return Subprotocol.of(Objects.requireNonNullElse(session.getNegotiatedSubprotocol(), ""));
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
