package tokenly.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a client is to be.
 *
 * @param rtc of the server: {@code ws://HOST:3003/rtc}
 * @param listener is told of its connections
 * @param frames sees every frame, or null
 * @param maxAttempts attempts before it gives up; 0 for as many as the server says, {@link Integer#MAX_VALUE} for ever
 * @param outboxMessages signals of one session that may wait for their acknowledgement, at least 1
 * @param outboxBytes bytes of them, as UTF-8
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

    /** @throws IllegalArgumentException naming the part that is out of its range */
    public ClientOptions {
        if (maxAttempts < 0 || outboxMessages < 1 || outboxBytes < 1) {
            throw new IllegalArgumentException("maxAttempts is at least 0, outboxMessages and outboxBytes at least 1");
        }
    }

    /** Everything else as it is usual. */
    public static ClientOptions of(URI rtc) {
        return new ClientOptions(rtc, new ClientListener() {}, null, 0, OUTBOX_MESSAGES, OUTBOX_BYTES);
    }

    public ClientOptions withListener(ClientListener told) {
        return new ClientOptions(rtc, told, frames, maxAttempts, outboxMessages, outboxBytes);
    }

    public ClientOptions withFrames(FrameTap tap) {
        return new ClientOptions(rtc, listener, tap, maxAttempts, outboxMessages, outboxBytes);
    }

    public ClientOptions withMaxAttempts(int attempts) {
        return new ClientOptions(rtc, listener, frames, attempts, outboxMessages, outboxBytes);
    }

    public ClientOptions withOutbox(int messages, long bytes) {
        return new ClientOptions(rtc, listener, frames, maxAttempts, messages, bytes);
    }
}
