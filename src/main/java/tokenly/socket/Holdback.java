package tokenly.socket;

import jakarta.websocket.EncodeException;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import tokenly.wire.Utf8;

/**
 * Small frames that the container holds back until the next one is sent asynchronously, so that they share a packet and a
 * system call: that is most of what a frame costs. Only Jetty does; that another container's asynchronous send takes along
 * what its blocking one holds back is not known. Belongs to whoever sends, one thread at a time.
 */
final class Holdback {

    private static final System.Logger LOG = System.getLogger(Holdback.class.getName());

    /**
     * Most bytes that are held back, headers included, and the longest of their texts. Jetty 12.1 has a buffer of 4 KiB for
     * them, and writes through with a frame that takes more than a quarter of it or finds it full.
     */
    private static final int MOST_BYTES = 3 << 10;

    private static final int LONGEST = 1000;

    /** Before the text of a frame, at most (RFC 6455, section 5.2). */
    private static final int HEADER_BYTES = 14;

    private final Session session;
    private final boolean isAble;
    private RemoteEndpoint.@Nullable Basic remote; // null until something is held back
    private int bytes;

    Holdback(Session session) {
        this.session = session;
        this.isAble = session.getClass().getName().startsWith("org.eclipse.jetty.");
    }

    /** Whether it ever holds anything back. */
    boolean isAble() {
        return isAble;
    }

    /**
     * Returns false, and does nothing, if it does not take {@code text}. It waits while the container is amid another frame: a
     * ping, or a pong that a far side which reads nothing has asked for. Never on a thread of the container's that reports a
     * send: that thread would wait for itself.
     */
    boolean take(String text) {
        int length = Utf8.length(text);
        int after = bytes + HEADER_BYTES + length;
        if (!isAble || length > LONGEST || after > MOST_BYTES) {
            return false;
        }
        try {
            remote().sendObject(text); // sendText of Jetty 12.1 writes through, whatever was set
            bytes = after;
            return true;
        } catch (IOException | EncodeException | RuntimeException gone) { // the send that follows fails, and says so
            LOG.log(Level.DEBUG, "a frame could not be held back", gone);
            return false;
        }
    }

    private RemoteEndpoint.Basic remote() throws IOException {
        if (remote == null) {
            remote = session.getBasicRemote(); // its batching does not touch the asynchronous one
            remote.setBatchingAllowed(true);
        }
        return remote;
    }

    /** What was held back is sent. */
    void clear() {
        bytes = 0;
    }
}
