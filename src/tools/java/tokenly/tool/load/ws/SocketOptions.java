package tokenly.tool.load.ws;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a client does things.
 *
 * @param subprotocol that it asks for and insists on; empty for none
 * @param slack how late a task of {@link WebSocketClient#after} may run; below a millisecond the client's thread is awake more often
 *     for that
 * @param greeting the text that it sends first on each connection, in UTF-8; empty for none
 */
public record SocketOptions(String subprotocol, Duration slack, Supplier<Optional<byte[]>> greeting) {

    /** What a selector can do by itself. */
    static final Duration LONGEST_SLACK = Duration.ofMillis(1);

    /** Without a subprotocol, and at ease. */
    public static final SocketOptions PLAIN = new SocketOptions("", LONGEST_SLACK, Optional::empty);

    /** As this one, but asking for {@code wanted}. */
    public SocketOptions withSubprotocol(String wanted) {
        return new SocketOptions(wanted, slack, greeting);
    }

    /** As this one, but with {@code first} before all that is sent. */
    public SocketOptions withGreeting(Supplier<Optional<byte[]>> first) {
        return new SocketOptions(subprotocol, slack, first);
    }

    /** As this one, but as punctual as the machine allows. */
    public SocketOptions punctual() {
        return new SocketOptions(subprotocol, Duration.ZERO, greeting);
    }

    boolean isPunctual() {
        return slack.compareTo(LONGEST_SLACK) < 0;
    }
}
