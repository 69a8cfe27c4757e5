package tokenly.client;

import java.time.Duration;

/** What happens to a client. Called on the client's thread; must not block. */
public interface ClientListener {

    /** The client is in that state now. */
    default void changed(ClientState state) {}

    /** Connection {@code attempt} is open: the server has said welcome on it. */
    default void opened(long attempt) {}

    /**
     * Connection {@code attempt} is gone, or could not be had.
     *
     * @param code of the close frame, 1006 without one
     * @param reason from the close frame, or what went wrong
     */
    default void lost(long attempt, int code, String reason) {}

    /** The next connection is tried after {@code delay}; {@code tries} counts from 1 since the last stable connection. */
    default void waiting(int tries, Duration delay) {}

    /** Each session that was to be resumed on a connection has its outcome. */
    default void resumed(ResumeReport report) {}
}
