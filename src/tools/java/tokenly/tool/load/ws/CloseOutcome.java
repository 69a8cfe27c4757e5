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
public record CloseOutcome(String name) {

    /** We ended it without a word. */
    public static final CloseOutcome ABORTED = new CloseOutcome("aborted");

    /** Nothing listens there. */
    public static final CloseOutcome REFUSED = new CloseOutcome("refused");

    /** The system has no local port left for one more connection to that address. */
    public static final CloseOutcome NO_LOCAL_PORT = new CloseOutcome("no-local-port");

    /** This process may open no more files. */
    public static final CloseOutcome NO_DESCRIPTOR = new CloseOutcome("no-descriptor");

    /** No route leads there, or no answer comes. */
    public static final CloseOutcome UNREACHABLE = new CloseOutcome("unreachable");

    /** The other side ended it without a close frame. */
    public static final CloseOutcome LOST = new CloseOutcome("lost");

    /** The other side broke RFC 6455. */
    public static final CloseOutcome BAD_FRAME = new CloseOutcome("bad-frame");

    /** The other side does not read what is sent to it. */
    public static final CloseOutcome STUCK = new CloseOutcome("stuck");

    /** The other side sent a close frame with that code, or answered ours. */
    public static CloseOutcome closed(int code) {
        return new CloseOutcome("closed-" + code);
    }

    /** The other side answered the handshake with that HTTP status. */
    static CloseOutcome http(int status) {
        return new CloseOutcome("http-" + status);
    }

    /** Why no connection came about. */
    static CloseOutcome notConnected(IOException cause) {
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
