package tokenly.tool.load.ws;

import java.nio.ByteBuffer;

/** Hears what happens to one connection, one call at a time, on a thread of the client's; it must not block that. */
public interface WebSocketListener {

    /** The handshake is done: {@code connection} takes text from now on. */
    void opened(WebSocketConnection connection);

    /** A whole message came, as UTF-8 that is valid during the call only. */
    void text(ByteBuffer utf8);

    /** It is over, or never began: always called, once, as the last call. */
    void ended(CloseOutcome outcome);
}
