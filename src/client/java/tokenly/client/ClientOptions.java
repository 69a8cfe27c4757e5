package tokenly.client;

import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of a client. Start with {@link #of(URI)} or {@link #of(Supplier)}.
 *
 * @param address gives the address of the server before each attempt to connect
 * @param listener receives what happens to the connection
 * @param frames sees every frame, or null
 * @param maxAttempts attempts without a success before the client gives up, see {@link #withMaxAttempts}; 0, the default, for no end
 * @param outboxMessages signals of one session that may wait for their acknowledgement, at least 1; 10,000 by default
 * @param outboxBytes bytes of them in UTF-8, at least 1; 4 MiB by default
 * @param keys keeps the resume keys; null, the default, for the memory of the client
 * @param token gives the token for each connection; null, the default, for none
 */
public record ClientOptions(
        Supplier<? extends CompletionStage<URI>> address,
        ClientListener listener,
        @Nullable FrameTap frames,
        int maxAttempts,
        int outboxMessages,
        long outboxBytes,
        @Nullable KeyStorage keys,
        @Nullable Supplier<? extends CompletionStage<String>> token) {

    /** The bounds of the server's mailboxes (PROTOCOL.md, "Framing"): as much as it would hold for a session. */
    private static final int OUTBOX_MESSAGES = 10_000;

    private static final long OUTBOX_BYTES = 4L << 20;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException that names the ranges, if a value is out of its own
     */
    public ClientOptions {
        if (maxAttempts < 0 || outboxMessages < 1 || outboxBytes < 1) {
            throw new IllegalArgumentException("maxAttempts is at least 0, outboxMessages and outboxBytes at least 1");
        }
    }

    /**
     * Options with all defaults: no listener, and the limits above.
     *
     * @param rtc the address of the server, such as {@code ws://localhost:3003/rtc}. Behind a proxy that drops the header
     *     {@code Sec-WebSocket-Protocol}, add {@code ?protocol=tokenly.v1}
     * @return the options
     * @throws IllegalArgumentException if it does not begin with {@code ws://} or {@code wss://}, or has no host
     */
    public static ClientOptions of(URI rtc) {
        CompletionStage<URI> address = CompletableFuture.completedStage(new Address(rtc).uri());
        return of(() -> address);
    }

    /**
     * The same with an address that may change. It is asked for on the client's thread before each attempt, and
     * must not block. If it throws, fails, gives no address of a WebSocket or has given none when the attempt has taken
     * {@code connect_timeout_ms}, that attempt has failed, and {@link ClientListener#lost} has the reason {@code address-failed}.
     *
     * @param address gives the address for the next attempt
     * @return the options
     */
    public static ClientOptions of(Supplier<? extends CompletionStage<URI>> address) {
        return new ClientOptions(address, new ClientListener() {}, null, 0, OUTBOX_MESSAGES, OUTBOX_BYTES, null, null);
    }

    /**
     * The same options with another listener.
     *
     * @param told receives what happens to the connection
     * @return new options
     */
    public ClientOptions withListener(ClientListener told) {
        return new ClientOptions(address, told, frames, maxAttempts, outboxMessages, outboxBytes, keys, token);
    }

    /**
     * The same options with a tap.
     *
     * @param tap sees every frame
     * @return new options
     */
    public ClientOptions withFrames(FrameTap tap) {
        return new ClientOptions(address, listener, tap, maxAttempts, outboxMessages, outboxBytes, keys, token);
    }

    /**
     * The same options with an end of attempts. A client comes back for as long as it is open: with the delays that the server announces,
     * and then again and again with the last of them. With this, it gives up when so many attempts in a row have failed: it is
     * {@link ClientState#GAVE_UP}, and all that waits fails with {@code gave-up}. A connection that held a session, or lived for the
     * server's {@code reset_after_ms}, is a success, after which attempts count from 1 again.
     *
     * @param attempts at least 0; 0 for no end
     * @return new options
     */
    public ClientOptions withMaxAttempts(int attempts) {
        return new ClientOptions(address, listener, frames, attempts, outboxMessages, outboxBytes, keys, token);
    }

    /**
     * The same options with other limits of what may wait for its acknowledgement.
     *
     * @param messages of one session, at least 1
     * @param bytes of them in UTF-8, at least 1
     * @return new options
     */
    public ClientOptions withOutbox(int messages, long bytes) {
        return new ClientOptions(address, listener, frames, maxAttempts, messages, bytes, keys, token);
    }

    /**
     * The same options with another place for resume keys, such as {@link KeyStorage#file}: a program that was restarted gets its names
     * back.
     *
     * @param storage keeps the resume keys
     * @return new options
     */
    public ClientOptions withKeys(KeyStorage storage) {
        return new ClientOptions(address, listener, frames, maxAttempts, outboxMessages, outboxBytes, storage, token);
    }

    /**
     * The same options with a token, which says who the client is and what it may do (docs/tokens.md). It is asked for on the client's
     * thread before each attempt, and again on an open connection when the server announces that it expires; it must not block. If it
     * throws, fails, gives an empty token or takes longer than {@code connect_timeout_ms}, that attempt has failed, and
     * {@link ClientListener#lost} has the reason {@code token-failed}; on an open connection it is asked again until the expiry, and
     * {@link ClientListener#tokenNotRenewed} is called. Of its exception only the class is named, because the text may hold a token.
     * An older server, which knows no tokens, is not shown any.
     *
     * @param source gives the token, a signed JWT
     * @return new options
     */
    public ClientOptions withToken(Supplier<? extends CompletionStage<String>> source) {
        return new ClientOptions(
                address,
                listener,
                frames,
                maxAttempts,
                outboxMessages,
                outboxBytes,
                keys,
                Objects.requireNonNull(source));
    }

    /**
     * The same options with a token that never changes, for programs that end before it expires: it cannot be renewed.
     *
     * @param fixed a signed JWT
     * @return new options
     * @throws IllegalArgumentException if it is empty
     */
    public ClientOptions withToken(String fixed) {
        return withToken(new FixedToken(fixed));
    }
}
