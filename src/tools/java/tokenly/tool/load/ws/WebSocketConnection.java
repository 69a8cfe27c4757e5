package tokenly.tool.load.ws;

import java.nio.charset.StandardCharsets;

/** One WebSocket connection, from its attempt to its end. Thread-safe; no method waits, and none does anything after the end. */
public interface WebSocketConnection {

    /** Sends {@code text} in one frame; before the connection is open or after {@link #close} it does nothing. */
    default void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a text that is UTF-8 already, and is copied before this returns. */
    void send(byte[] utf8);

    /** Says goodbye with {@code code} (RFC 6455, section 7.4); the connection ends when the other side has answered. */
    void close(int code);

    /** Ends it without a word: the other side sees a TCP reset. */
    void abort();
}
