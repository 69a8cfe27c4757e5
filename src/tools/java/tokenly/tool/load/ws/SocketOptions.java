package tokenly.tool.load.ws;

import java.time.Duration;

/**
 * How a client does things.
 *
 * @param subprotocol that it asks for and insists on; empty for none
 * @param slack how late a task of {@link WebSocketClient#after} may run; below a millisecond the client's thread is awake more often
 *     for that
 */
public record SocketOptions(String subprotocol, Duration slack) {

    /** What a selector can do by itself. */
    static final Duration LONGEST_SLACK = Duration.ofMillis(1);

    /** Without a subprotocol, and at ease. */
    public static final SocketOptions PLAIN = new SocketOptions("", LONGEST_SLACK);

    /** As this one, but as punctual as the machine allows. */
    public SocketOptions punctual() {
        return new SocketOptions(subprotocol, Duration.ZERO);
    }

    boolean isPunctual() {
        return slack.compareTo(LONGEST_SLACK) < 0;
    }
}
