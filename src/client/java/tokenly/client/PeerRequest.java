package tokenly.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What an application has asked for: a session that is to be created, or taken over.
 *
 * @param taken of the session that is to be taken over; null for one that is to be created
 * @param ready completes when the session is attached for the first time, or never will be
 */
record PeerRequest(
        String sessionId,
        String roomId,
        @Nullable Credentials taken,
        PeerListener listener,
        CompletableFuture<Session> ready) {}
