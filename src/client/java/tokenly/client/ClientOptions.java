package tokenly.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The options of a client. Start with {@link #of(URI)}.
 *
 * @param rtc the address of the server, such as {@code ws://localhost:3003/rtc}
 * @param listener receives what happens to the connection
 * @param frames sees every frame, or null
 * @param maxAttempts attempts without a success before the client gives up, see {@link #withMaxAttempts}; 0, the default, for no end
 * @param outboxMessages signals of one session that may wait for their acknowledgement, at least 1; 10,000 by default
 * @param outboxBytes bytes of them in UTF-8, at least 1; 4 MiB by default
 */
public record ClientOptions(
        URI rtc,
        ClientListener listener,
        @Nullable FrameTap frames,
        int maxAttempts,
        int outboxMessages,
        long outboxBytes) {

    /** The bounds of the server's mailboxes (PROTOCOL.md, "Framing"): as much as it would hold for a session. */
    private static final int OUTBOX_MESSAGES = 10_000;

    private static final long OUTBOX_BYTES = 4L << 20;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException that names the ranges, if a value is out of its own
     */
    public ClientOptions {
        if (!"ws".equals(rtc.getScheme()) && !"wss".equals(rtc.getScheme())) {
            throw new IllegalArgumentException(
                    "the address of the server begins with ws:// or wss://, and is not " + rtc);
        }
        if (maxAttempts < 0 || outboxMessages < 1 || outboxBytes < 1) {
            throw new IllegalArgumentException("maxAttempts is at least 0, outboxMessages and outboxBytes at least 1");
        }
    }

    /**
     * Options with all defaults: no listener, and the limits above.
     *
     * @param rtc the address of the server, such as {@code ws://localhost:3003/rtc}
     * @return the options
     */
    public static ClientOptions of(URI rtc) {
        return new ClientOptions(rtc, new ClientListener() {}, null, 0, OUTBOX_MESSAGES, OUTBOX_BYTES);
    }

    /**
     * The same options with another listener.
     *
     * @param told receives what happens to the connection
     * @return new options
     */
    public ClientOptions withListener(ClientListener told) {
        return new ClientOptions(rtc, told, frames, maxAttempts, outboxMessages, outboxBytes);
    }

    /**
     * The same options with a tap.
     *
     * @param tap sees every frame
     * @return new options
     */
    public ClientOptions withFrames(FrameTap tap) {
        return new ClientOptions(rtc, listener, tap, maxAttempts, outboxMessages, outboxBytes);
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
        return new ClientOptions(rtc, listener, frames, attempts, outboxMessages, outboxBytes);
    }

    /**
     * The same options with other limits of what may wait for its acknowledgement.
     *
     * @param messages of one session, at least 1
     * @param bytes of them in UTF-8, at least 1
     * @return new options
     */
    public ClientOptions withOutbox(int messages, long bytes) {
        return new ClientOptions(rtc, listener, frames, maxAttempts, messages, bytes);
    }
}
