package tokenly.wire;

import java.time.Duration;
import tokenly.session.MailboxBounds;
import tokenly.session.ReconnectPolicy;

/**
 * What the server announces to its clients: what a resumable one must do and may expect, and the ICE servers of all.
 *
 * @param policy when a lost client comes back, and how long it is waited for
 * @param jitter by what share of it a client may shorten each delay, 0 to 1, so that a crowd does not come back at once
 * @param heartbeatInterval between two pings
 * @param heartbeatTimeout of silence after which a connection is lost
 * @param mailbox bounds of each mailbox
 * @param frameBytes most of one frame from a client, in UTF-8
 * @param asksForTokens whether a client must send {@code auth} before anything else
 * @param iceServers named to each client when its session begins or is resumed
 */
public record ServerParameters(
        ReconnectPolicy policy,
        double jitter,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        MailboxBounds mailbox,
        int frameBytes,
        boolean asksForTokens,
        IceServers iceServers) {

    /** How long an attempt to connect may take: enough for a TLS handshake over a network that loses packets. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** How long a connection must live for the count of attempts to start anew. */
    static final Duration RESET_AFTER = Duration.ofSeconds(5);
}
