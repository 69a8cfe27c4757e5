package tokenly.session;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Port: one live socket that may hold many sessions. All methods return at once, never throw, and may be called from any
 * thread. Two connections are never equal.
 */
public interface Connection {

    /** For whom counts what its sessions use; always the same one. */
    Account account();

    /** What it may do now; a new token of its client may change that. */
    Permit permit();

    /** Sends {@code event} after all that were sent before. On a connection that is gone it does nothing. */
    void send(ServerEvent event);

    /** Sends {@code deliveries} in their order, in as few frames as it can. */
    void send(List<ServerEvent.Delivery> deliveries);

    /**
     * Tells, soon, that all signals of {@code session} up to {@code acceptedSeq} are written; a later call may stand for both.
     * What is not told before the next {@link ServerEvent.Created} or {@link ServerEvent.Reset} of the session is forgotten: it counts
     * in an epoch that is over.
     */
    void acknowledge(SessionId session, long acceptedSeq);

    /**
     * Whether it can take more of a mailbox now. After it has said no, {@link Switchboard#drained} is called once it can
     * again.
     */
    boolean hasRoom();

    /**
     * Asks the far side for a sign of life.
     *
     * @return completes with true as soon as anything is heard; with false once the connection is gone, and then
     *     {@link Switchboard#closed} has been called before
     */
    CompletionStage<Boolean> probe();

    /** Ends the connection and says why; for {@link Switchboard#closed} it is lost. */
    void close(CloseReason reason);

    /**
     * Another connection has {@code session} now, and this one ends for that if it has no other.
     *
     * @param isLast whether it has no other at this server
     */
    default void lose(SessionId session, CloseReason reason, boolean isLast) {
        if (isLast) {
            close(reason);
        }
    }

    /**
     * Ends the connection because the server stops, and may come again.
     *
     * @return completes once the connection is gone, and {@link Switchboard#closed} was called
     */
    CompletionStage<?> stop();
}
