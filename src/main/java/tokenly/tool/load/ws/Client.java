package tokenly.tool.load.ws;

/** Opens WebSocket connections, all to the same place. Thread-safe. */
public interface Client extends AutoCloseable {

    /** Begins to connect and returns at once; {@code listener} hears how it went. */
    Connection connect(Listener listener);

    /** Aborts what is still open and waits until nothing of it is left. */
    @Override
    void close();
}
