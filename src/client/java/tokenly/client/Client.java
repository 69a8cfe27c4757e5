package tokenly.client;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.IdRule;

/**
 * One instance in the sense of the protocol: it holds the client's side of its sessions in memory, and one connection at a time
 * for all of them, which it opens again whenever it is lost. Thread-safe; no method blocks.
 */
public final class Client implements AutoCloseable {

    private static final int INSTANCE_BYTES = 16;
    private static final int KEY_BYTES = 32; // 256 bits (PROTOCOL.md, "Framing")

    private final Ports ports;
    private final ClientOptions options;
    private final String instance;
    private final Sessions sessions;

    Client(Ports ports, ClientOptions options) {
        this.ports = ports;
        this.options = options;
        this.instance = random(INSTANCE_BYTES);
        this.sessions = new Sessions(ports, options, instance);
    }

    /** Begins to connect, and returns at once. What is asked of the client before it is connected is done then. */
    public static Client connect(ClientOptions options) {
        ClientThread thread = new ClientThread();
        Client client = new Client(
                new Ports(new HttpTransport(options.rtc(), thread), thread, thread, new SecureRandom()), options);
        client.start();
        return client;
    }

    void start() {
        ports.thread().execute(() -> sessions.connection().start());
    }

    /**
     * Creates a session in a room. Completes when the server has it; fails with a {@link TokenlyException}: {@code bad-id},
     * {@code closed}, {@code session-exists}, or an error code of the server. While there is no connection, it waits.
     */
    public CompletionStage<Peer> createPeer(String sessionId, String roomId, PeerListener listener) {
        return add(new Credentials(sessionId, roomId, random(KEY_BYTES), "", 0, 0, 0), false, listener);
    }

    /**
     * Asks for the session of another instance. The client that has it is told {@link PeerListener#takenOver}, and {@code listener}
     * {@link PeerListener#reset} with {@code new-instance}. Completes then; fails as {@link #createPeer} does. If
     * there is no such session (any more), it is created; with another key than its own that fails with {@code session-in-use}.
     */
    public CompletionStage<Peer> takeOver(Credentials credentials, PeerListener listener) {
        return add(credentials, true, listener);
    }

    private CompletionStage<Peer> add(Credentials who, boolean isTakenOver, PeerListener listener) {
        try {
            IdRule.check(who.sessionId());
            IdRule.check(who.roomId());
        } catch (IllegalArgumentException bad) {
            return CompletableFuture.failedStage(TokenlyException.badId(bad));
        }
        CompletableFuture<Session> ready = new CompletableFuture<>();
        ports.thread().execute(() -> sessions.add(who, isTakenOver, listener, ready));
        return ready.thenApply(session -> new Peer(session, ports.thread(), new OutboxLimit(options)));
    }

    /** The name of this client's memory, drawn at random: the server resumes a session only for the instance that held it. */
    public String instance() {
        return instance;
    }

    /** Number of the newest connection, the one that is being opened included; counts from 1. */
    public long attempt() {
        return Math.max(1, sessions.connection().attempt());
    }

    public ClientState state() {
        return sessions.connection().state();
    }

    /** Tries at once, and counts its attempts anew, if it waits for the next attempt or has given up; else does nothing. */
    public void reconnectNow() {
        ports.thread().execute(() -> sessions.connection().reconnectNow());
    }

    /** Drops the connection without a word, as a cut cable would, and comes back by the policy. */
    public void abort() {
        ports.thread().execute(() -> sessions.connection().drop("aborted"));
    }

    /** Leaves: the connection is closed with 1000, and all its sessions end. What is not acknowledged fails with {@code closed}. */
    @Override
    public void close() {
        ports.thread().execute(() -> sessions.connection().close());
    }

    /** Completes when the client has stopped, by {@link #close} or for good, and its connection is closed. */
    public CompletionStage<@Nullable Void> closed() {
        return sessions.connection().closed.minimalCompletionStage();
    }

    private String random(int bytes) {
        byte[] drawn = new byte[bytes];
        ports.random().nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }
}
