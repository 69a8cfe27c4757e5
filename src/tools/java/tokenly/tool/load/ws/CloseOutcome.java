package tokenly.tool.load.ws;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;

/**
 * How a connection ended.
 *
 * @param name in kebab-case, made by us and of no other characters
 */
public record Ending(String name) {

    /** We ended it without a word. */
    public static final Ending ABORTED = new Ending("aborted");

    /** Nothing listens there. */
    public static final Ending REFUSED = new Ending("refused");

    /** The system has no local port left for one more connection to that address. */
    public static final Ending NO_LOCAL_PORT = new Ending("no-local-port");

    /** This process may open no more files. */
    public static final Ending NO_DESCRIPTOR = new Ending("no-descriptor");

    /** No way leads there, or nobody answers. */
    public static final Ending UNREACHABLE = new Ending("unreachable");

    /** The other side ended it without a close frame. */
    public static final Ending LOST = new Ending("lost");

    /** The other side broke RFC 6455. */
    public static final Ending BAD_FRAME = new Ending("bad-frame");

    /** The other side does not read what is sent to it. */
    public static final Ending STUCK = new Ending("stuck");

    /** The other side sent a close frame with that code, or answered ours. */
    public static Ending closed(int code) {
        return new Ending("closed-" + code);
    }

    /** The other side answered the handshake with that HTTP status. */
    static Ending http(int status) {
        return new Ending("http-" + status);
    }

    /** Why no connection came about. */
    static Ending notConnected(IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("too many open files")) {
            return NO_DESCRIPTOR;
        }
        boolean isAddressMissing = cause instanceof BindException || cause instanceof NoRouteToHostException;
        if (isAddressMissing && message.contains("assign requested address")) {
            return NO_LOCAL_PORT;
        }
        return cause instanceof ConnectException && message.contains("refused") ? REFUSED : UNREACHABLE;
    }
}
