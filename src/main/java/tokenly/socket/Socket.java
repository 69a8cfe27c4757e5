package tokenly.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import tokenly.wire.CloseCode;

/**
 * The container's socket, made harmless: calls that may block (on Jetty 12.1 a ping waits until it is flushed) run on an
 * executor, and a socket that is gone is no error.
 */
final class Socket {

    private static final System.Logger LOG = System.getLogger(Socket.class.getName());

    /** How long a closed socket may wait for the other side's close: a stalled one would wait for ever. */
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final Session session;
    private final Executor executor;

    Socket(Session session, Executor executor) {
        this.session = session;
        this.executor = executor;
        session.setMaxIdleTimeout(0); // the heartbeat decides; Jetty would close an idle socket after 30 s
    }

    String id() {
        return session.getId();
    }

    void send(String text, SendHandler whenSent) {
        session.getAsyncRemote().sendText(text, whenSent);
    }

    void ping() {
        executor.execute(() -> {
            try {
                session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            } catch (IOException | RuntimeException gone) {
                LOG.log(Level.DEBUG, () -> "connection " + id() + " took no ping", gone);
            }
        });
    }

    void close(CloseCode code) {
        executor.execute(() -> {
            try {
                session.setMaxIdleTimeout(CLOSE_TIMEOUT_MILLIS);
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.number()), code.reason()));
            } catch (IOException | RuntimeException gone) {
                LOG.log(Level.DEBUG, () -> "connection " + id() + " is closed already", gone);
            }
        });
    }
}
