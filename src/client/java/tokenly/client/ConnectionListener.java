package tokenly.client;

import java.util.Map;
import tokenly.client.json.JsonObject;

/** What the connection of a client is for. All calls are on the client's thread. */
interface ConnectionListener {

    /** A connection is open: its {@code welcome} has come, and frames can be sent. */
    void opened();

    /** A frame that is about sessions. */
    void frame(String type, JsonObject frame);

    /** The connection is lost, or could not be opened; there may be another one. Not called where {@link #stopped} is. */
    void lost();

    /** Whether it needs no connection. */
    boolean isEmpty();

    /** There will be no connection until the application asks for one; {@code failure} is the outcome of all that waits. */
    void gaveUp(TokenlyException failure);

    /** The client leaves an open connection. Returns its sessions, by id, with what is to be done when the server has ended each. */
    Map<String, Runnable> leave();

    /** There will be no connection any more; {@code why} names what has ended it. */
    void stopped(TokenlyException why);
}
