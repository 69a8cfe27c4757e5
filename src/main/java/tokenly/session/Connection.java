package tokenly.session;

import java.util.concurrent.CompletionStage;

/**
 * Port: one live socket that may hold many sessions. All methods return at once, never throw, and may be called from any
 * thread. Two connections are never equal.
 */
public interface Connection {

    /** Sends {@code notice} after all that were sent before. On a connection that is gone it does nothing. */
    void send(Notice notice);

    /**
     * Asks the far side for a sign of life.
     *
     * @return completes with true as soon as anything is heard; with false once the connection is gone, and then
     *     {@link Switchboard#closed} has been called before
     */
    CompletionStage<Boolean> probe();

    /** Ends the connection because the server stops. */
    void stop();
}
