package tokenly.client;

import java.time.Duration;

/** Receives what happens to the connection of a client. All calls come on the client's thread and must not block. */
public interface ClientListener {

    /**
     * The state has changed.
     *
     * @param state the new one
     */
    default void changed(ClientState state) {}

    /**
     * A connection is open: its {@code welcome} has arrived.
     *
     * @param attempt number of the connection
     */
    default void opened(long attempt) {}

    /**
     * A connection is lost, or could not be opened.
     *
     * @param attempt number of the connection
     * @param code of the close frame, 1006 without one
     * @param reason from the close frame, or what went wrong
     */
    default void lost(long attempt, int code, String reason) {}

    /**
     * The client waits before its next attempt.
     *
     * @param tries number of that attempt since the last success, from 1: a connection that held a session, or was open for long enough
     * @param delay how long it waits
     */
    default void waiting(int tries, Duration delay) {}

    /**
     * The token of the client expires soon, and there is no new one. When it has expired, the connection is lost.
     *
     * @param failure {@code token-failed}: the application is asked again until the expiry; or {@code token-not-renewable}: a fixed token
     */
    default void tokenNotRenewed(TokenlyException failure) {}

    /**
     * Every session has been resumed on a new connection, or has another outcome.
     *
     * @param report how many of each, and how long it took
     */
    default void resumed(ResumeReport report) {}
}
