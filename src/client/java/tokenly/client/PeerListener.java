package tokenly.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives what happens to one peer. The calls about messages come in the order of the peer's mailbox. All calls come on the client's thread
 * and must not block. The client acknowledges a message after its call has returned or thrown. The same message never comes twice.
 */
@FunctionalInterface
public interface PeerListener {

    /**
     * A signal has arrived.
     *
     * @param delivery the signal, with its sender
     */
    void signal(Delivery delivery);

    /**
     * The server has created this peer. For each of the others that is away, {@link #away} follows at once.
     *
     * @param peers session ids of the others in the room
     */
    default void created(List<String> peers) {}

    /**
     * Another peer has joined the room, or its name has another owner: then {@link #left} with {@code replaced} comes first.
     *
     * @param peer its session id
     */
    default void joined(String peer) {}

    /**
     * Another peer has lost its connection. Its session waits for it.
     *
     * @param peer its session id
     */
    default void away(String peer) {}

    /**
     * Another peer is back on a connection.
     *
     * @param peer its session id
     */
    default void back(String peer) {}

    /**
     * Another peer has begun a new epoch: it is still in the room, but signals that it had not processed are lost to it.
     *
     * @param peer its session id
     * @param reason a reason of {@code peer-restarted} (PROTOCOL.md, "Server to client")
     */
    default void restarted(String peer, String reason) {}

    /**
     * Another peer has left the room.
     *
     * @param peer its session id
     * @param reason {@code left}, {@code expired}, {@code moved} or {@code replaced}; {@code unknown} if it went while the server and this
     *     peer were both away, so that the server does not know why
     */
    default void left(String peer, String reason) {}

    /**
     * A peer will never get some signals of this one.
     *
     * @param to session id of the addressee; null if they were meant for all in the room
     * @param seqs numbers of the signals, as in {@link Receipt#seq}
     * @param reason {@code unknown-peer}, {@code away}, {@code overflow}, {@code quota} if unread signals of this peer take all the
     *     memory that they may, {@code not-allowed} if this client's token does not allow such signals, {@code restarted} if the addressee has begun a new epoch before it acknowledged them, as a page that was
     *     reloaded: it may or may not have seen them; or {@code replaced} if the name has another owner than the one that they were meant
     *     for: that one has not seen them
     */
    default void undeliverable(@Nullable String to, List<Long> seqs, String reason) {}

    /**
     * This peer is on a new connection, and nothing was lost. What has changed in the room meanwhile follows as calls of {@link #joined},
     * {@link #left}, {@link #away} and {@link #back}; a peer that came and went again gives none.
     *
     * @param received number of its newest signal that the server has stored
     * @param last number of the newest message in its mailbox
     * @param resent how many of its signals the client sends again
     */
    default void resumed(long received, long last, int resent) {}

    /**
     * The server has lost signals that it had acknowledged, because its store is back at an earlier moment. {@link #reset} follows.
     *
     * @param epoch of the receipts of these signals
     * @param first number of the first lost signal
     * @param last number of the last lost signal
     */
    default void lost(String epoch, long first, long last) {}

    /**
     * This peer has begun a new epoch: it is still in its room, or in it again, and signals without an acknowledgement in either direction are
     * lost.
     *
     * @param reason a reason of {@code reset} (PROTOCOL.md, "Resuming"), or {@code gone}: the server had forgotten it. With
     *     {@code store-went-back} acknowledged signals may be lost, too: {@link #lost} names them
     * @param peers the others in the room; for each that is away, {@link #away} follows at once
     */
    default void reset(String reason, List<String> peers) {}

    /**
     * This peer has ended. No call follows.
     *
     * @param reason {@code destroyed}, {@code closed}, the name of a final close code, or an error code of the server
     */
    default void ended(String reason) {}

    /** Another client has taken this session over. No call follows. */
    default void takenOver() {}
}
