package tokenly.socket;

import tokenly.protocol.Subprotocol;
import tokenly.session.Connection;
import tokenly.session.Permit;
import tokenly.session.SessionId;

/** The connection of a client to this server, as another server sees it that has sessions of the client. Thread-safe. */
public interface ClientConnection extends Connection {

    /** Its name in the log of this server. */
    String id();

    Subprotocol subprotocol();

    /** Whether it is closed, or as good as. */
    boolean isGone();

    /** The address that counts for what the client uses; empty if it is not known, or none counts. */
    String countedAddress();

    /** Sends a frame that is encoded, after all that were sent before. */
    void send(String frame);

    /** As {@link #send(String)}, where {@code session} begins an epoch with {@code frame}: acknowledgements that wait are of one that is over. */
    void sendFirst(SessionId session, String frame);

    /** Closes it because its token does not grant what it holds. */
    void turnAway(Permit permit);
}
