package tokenly.tool.load.ws;

/** Hears what happens to one connection, one call at a time, on a thread of the client's; it must not block that. */
public interface Listener {

    /** The handshake is done: {@code connection} takes text from now on. */
    void opened(Connection connection);

    /** A whole message came. */
    void text(String text);

    /** It is over, or never began: always called, once, as the last call. */
    void ended(Ending ending);
}
