package tokenly.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tokenly.session.Credentials;
import tokenly.session.Incarnation;
import tokenly.session.Position;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;

/** A well-formed frame from a client. */
public sealed interface Incoming {

    /** {@code auth}: the client shows {@code token}, which is not verified yet. */
    record Auth(String token) implements Incoming {

        /** Without the token, which must reach no log. */
        @Override
        public String toString() {
            return "Auth[]";
        }
    }

    /** {@code create-peer}; {@code credentials} is null from a plain client. */
    record CreatePeer(
            SessionId session, RoomId room, @Nullable Credentials credentials) implements Incoming {}

    /** {@code destroy-peer}. */
    record DestroyPeer(SessionId session) implements Incoming {}

    /**
     * {@code offer}, {@code answer}, {@code ice-candidate} or {@code message} of {@code session}.
     *
     * @param seq 0 from a plain client
     * @param owner of the addressee's id, for whom alone it is meant; null for any
     */
    record Signalling(
            SessionId session,
            long seq,
            Signal signal,
            @Nullable Incarnation owner) implements Incoming {}

    /** {@code leave}: all sessions of the connection end. */
    record Leave() implements Incoming {}

    /** {@code ice-servers}: the client of {@code session} asks for fresh ones. */
    record IceServersRequest(SessionId session) implements Incoming {}

    /** {@code resume} of at least one session. */
    record Resume(List<Item> sessions) implements Incoming {

        /** One of them. */
        public record Item(SessionId session, Credentials credentials, Position position) {}
    }

    /** {@code ack}: what each session has processed of its mailbox. */
    record Ack(Map<SessionId, Long> received) implements Incoming {}

    /** {@code ping}; {@code id} is its JSON text, or null if it has none. */
    record Ping(@Nullable String id) implements Incoming {}
}
