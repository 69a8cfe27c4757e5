package tokenly.client;

import java.util.List;

/**
 * What happens to a peer, in the order in which it stands in the mailbox. Called on the client's thread; must not block. A
 * message is acknowledged after its call has returned, whether it returns or throws.
 */
@FunctionalInterface
public interface PeerListener {

    /** A signal has come. Never twice the same. */
    void signal(Delivery delivery);

    /** It is in its room for the first time; {@code peers} are the others there. */
    default void created(List<String> peers) {}

    /** {@code peer} is in the room. */
    default void joined(String peer) {}

    /** The connection of {@code peer} was lost; its place is held. */
    default void away(String peer) {}

    /** {@code peer} is on a connection again. */
    default void back(String peer) {}

    /** {@code peer} is still in the room, but has lost what it knew. */
    default void restarted(String peer, String reason) {}

    /** {@code peer} is in the room no more: {@code left}, {@code expired}, {@code moved} or {@code replaced}. */
    default void left(String peer, String reason) {}

    /**
     * {@code to} will never get the signals of these numbers: {@code unknown-peer}, {@code away}, {@code overflow}, or {@code
     * quota} where what is not read yet of this peer takes all the memory that it may.
     */
    default void undeliverable(String to, List<Long> seqs, String reason) {}

    /**
     * It is on a new connection, and nothing was lost.
     *
     * @param received the highest of its signals that the server has
     * @param last the highest number in its mailbox
     * @param resent its signals that are sent again
     */
    default void resumed(long received, long last, int resent) {}

    /**
     * The server has lost signals that it had acknowledged, because its store is at an earlier moment: those whose
     * {@link Receipt} has {@code epoch} and a number from {@code first} to {@code last}. {@link #reset} follows.
     */
    default void lost(String epoch, long first, long last) {}

    /**
     * It is still in its room, or in it again, but in a new epoch: what was not acknowledged in either direction is written off.
     *
     * @param reason a reason of {@code reset} (PROTOCOL.md, "Resuming"), or {@code gone}: the server had forgotten it. With
     *     {@code store-went-back} acknowledged signals may be lost, too: {@link #lost} names them
     * @param peers the others in the room
     */
    default void reset(String reason, List<String> peers) {}

    /** The last call: {@code destroyed}, {@code closed}, or an error code of the server. */
    default void ended(String reason) {}

    /** The last call: another instance has the session now. */
    default void takenOver() {}
}
