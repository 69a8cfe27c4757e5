package tokenly.client;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.IdRule;

/**
 * The client's side of any number of sessions, over one connection at a time. When the connection is lost, the client opens another one
 * with the server's delays (1, 2, 4, 8, 16 s, and then 16 s again and again) and resumes every session on it. It does so for as long as
 * it is open, unless {@link ClientOptions#withMaxAttempts} sets an end. Thread-safe; no method blocks.
 *
 * <pre>{@code
 * try (Client client = Client.connect(ClientOptions.of(URI.create("ws://localhost:3003/rtc")))) {
 *     Peer alice = client.createPeer("alice", "my-room", signal -> System.out.println(signal)).toCompletableFuture().join();
 *     alice.send(Signal.to("bob", Signal.Kind.OFFER, JsonObject.EMPTY.with("sdp", sdp))).toCompletableFuture().join();
 * }
 * }</pre>
 */
public final class Client implements AutoCloseable {

    private static final int INSTANCE_BYTES = 16;

    private final Ports ports;
    private final ClientOptions options;
    private final String instance;
    private final Sessions sessions;

    Client(Ports ports, ClientOptions options) {
        this.ports = ports;
        this.options = options;
        this.instance = Base64Url.random(ports.random(), INSTANCE_BYTES);
        this.sessions = new Sessions(ports, options, instance);
    }

    /**
     * Begins to connect, and returns at once. Peers can be created right away: the client sends what it is asked for as soon as it is
     * connected.
     *
     * @param options the address of the server, the listener and the limits
     * @return the client; close it to end its sessions
     */
    public static Client connect(ClientOptions options) {
        ClientThread thread = new ClientThread();
        Client client = new Client(new Ports(new HttpTransport(thread), thread, thread, new SecureRandom()), options);
        client.start();
        return client;
    }

    void start() {
        ports.thread().execute(() -> sessions.connection().start());
    }

    /**
     * Creates a session in a room. Without a connection, the stage waits for one.
     *
     * @param sessionId the name of this peer in its room, 1 to 128 characters
     * @param roomId the name of the room, 1 to 128 characters
     * @param listener receives the signals for this peer, on the client's thread
     * @return completes when the server has stored the session. Fails with a {@link TokenlyException}: {@code bad-id}, {@code closed},
     *     the name of a final close code such as {@code not-allowed}, whose message has the server's reason, {@code unauthorized},
     *     {@code session-exists}, {@code gave-up}, {@code key-storage-failed}, or an error code of the server such as {@code room-full}, or
     *     {@code session-in-use}, which says in {@link TokenlyException#retryAfter} how long the holder may still be waited for
     */
    public CompletionStage<Peer> createPeer(String sessionId, String roomId, PeerListener listener) {
        try {
            IdRule.check(sessionId);
            IdRule.check(roomId);
        } catch (IllegalArgumentException bad) {
            return CompletableFuture.failedStage(TokenlyException.badId(bad));
        }
        return add(new PeerRequest(sessionId, roomId, null, listener, new CompletableFuture<>()));
    }

    /**
     * Moves a session from another client to this one. The other client's listener gets {@link PeerListener#takenOver}, and
     * {@code listener} gets {@link PeerListener#reset} with the reason {@code new-instance}. If the session has ended meanwhile, it is
     * created.
     *
     * <p>Nothing that is not acknowledged moves with it. Signals that the other client has sent without an acknowledgement fail there with
     * {@code session-lost}: they may or may not have arrived. Signals for it that it has not acknowledged never come to this client: their
     * senders get {@link PeerListener#undeliverable} with {@code restarted}, because the other client may or may not have seen them.
     *
     * @param credentials of the session, from {@link Peer#credentials}
     * @param listener receives the signals for this peer, on the client's thread
     * @return completes and fails as that of {@link #createPeer}; with a wrong resume key it fails with {@code session-in-use}
     */
    public CompletionStage<Peer> takeOver(Credentials credentials, PeerListener listener) {
        return add(new PeerRequest(
                credentials.sessionId(), credentials.roomId(), credentials, listener, new CompletableFuture<>()));
    }

    private CompletionStage<Peer> add(PeerRequest request) {
        Objects.requireNonNull(
                request.listener(), "a peer has a listener: its signals are acknowledged when that has them");
        ports.thread().execute(() -> sessions.add(request));
        return request.ready().thenApply(session -> new Peer(session, ports.thread(), new OutboxLimit(options)));
    }

    /**
     * The random name of this client. The server resumes a session only for the instance that held it.
     *
     * @return 22 characters of base64url
     */
    public String instance() {
        return instance;
    }

    /**
     * The number of the newest connection, also while it is being opened.
     *
     * @return 1 for the first
     */
    public long attempt() {
        return Math.max(1, sessions.connection().status().attempt());
    }

    /**
     * The state of the connection. It may change at any moment; {@link ClientListener#changed} reports each change in order.
     *
     * @return the state at this moment
     */
    public ClientState state() {
        return sessions.connection().status().state();
    }

    /** Connects at once and counts attempts from 1 again, if the client waits for its next attempt, rests, or has given up. */
    public void reconnectNow() {
        ports.thread().execute(() -> sessions.connection().reconnectNow());
    }

    /**
     * Tells the client that the machine's network has changed: it is online again, or on another network. A client that waits for its next
     * attempt or has given up connects at once, as with {@link #reconnectNow}. One that is connected asks the server for an answer, and
     * connects anew if nothing comes within 2 s; an attempt that is under way has 2 s from its begin, and is then begun anew. The JDK tells
     * of no such change, so the client cannot know by itself.
     */
    public void networkChanged() {
        ports.thread().execute(() -> sessions.connection().networkChanged());
    }

    /** Cuts the connection without a close frame, as a broken network does, and reconnects by the policy. For tests. */
    public void abort() {
        ports.thread().execute(() -> sessions.connection().drop("aborted"));
    }

    /**
     * Ends all sessions, waits at most 1 s for the server to confirm that, and closes the connection with 1000. Without a connection the
     * client just stops: its sessions end when the server has waited for them, and their keys stay in the {@link KeyStorage}. Signals without
     * an acknowledgement fail with {@code closed} at once.
     */
    @Override
    public void close() {
        ports.thread().execute(() -> sessions.connection().close());
    }

    /**
     * The end of this client.
     *
     * @return completes when the client has stopped, after {@link #close} or a final close code, and its connection is closed; never fails
     */
    public CompletionStage<@Nullable Void> closed() {
        return sessions.connection().closed.minimalCompletionStage();
    }
}
