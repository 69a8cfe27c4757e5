package tokenly.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One instance in the sense of the protocol: it holds the client's side of its sessions in memory, and one connection at a time
 * for all of them, which it opens again whenever it is lost. Thread-safe; no method blocks.
 */
public final class Client implements AutoCloseable {

    private Client() {}

    /** Begins to connect, and returns at once. What is asked of the client before it is connected is done then. */
    public static Client connect(ClientOptions options) {
        return new Client();
    }

    /**
     * Creates a session in a room. Completes when the server has it; fails with a {@link TokenlyException}: {@code bad-id},
     * {@code closed}, {@code session-exists}, or an error code of the server. While there is no connection, it waits.
     */
    public CompletionStage<Peer> createPeer(String sessionId, String roomId, PeerListener listener) {
        return new CompletableFuture<>();
    }

    /**
     * Asks for the session of another instance. Whoever has it is told {@link PeerListener#takenOver}, and {@code listener}
     * {@link PeerListener#reset} with {@code new-instance}. Completes then; fails as {@link #createPeer} does, and with
     * {@code wrong-key}. If there is no such session (any more), it is created.
     */
    public CompletionStage<Peer> takeOver(Credentials credentials, PeerListener listener) {
        return new CompletableFuture<>();
    }

    /** The name of this client's memory, drawn at random: the server resumes a session only for the instance that held it. */
    public String instance() {
        return "";
    }

    /** Number of the newest connection, the one that is being opened included; counts from 1. */
    public long attempt() {
        return 1;
    }

    public ClientState state() {
        return ClientState.CONNECTING;
    }

    /** Tries at once, and counts its attempts anew, if it waits for the next attempt or has given up; else does nothing. */
    public void reconnectNow() {}

    /** Drops the connection without a word, as a cut cable would, and comes back by the policy. */
    public void abort() {}

    /** Leaves: the connection is closed with 1000, and all its sessions end. What is not acknowledged fails with {@code closed}. */
    @Override
    public void close() {}

    /** Completes when the client has stopped, by {@link #close} or for good, and its connection is closed. */
    public CompletionStage<@Nullable Void> closed() {
        return new CompletableFuture<>();
    }
}
