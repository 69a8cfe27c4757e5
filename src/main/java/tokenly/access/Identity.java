package tokenly.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tokenly.session.Permit;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;

/**
 * Who a token names, until when, and what it grants.
 *
 * @param subject the claim {@code sub}
 * @param tokenId the claim {@code jti}; null if the token has none
 * @param expires the claim {@code exp}; the server takes the token a little longer, because clocks differ
 */
public record Identity(String subject, @Nullable String tokenId, Instant expires, Grants grants) implements Permit {

    @Override
    public boolean mayEnter(RoomId room, SessionId session) {
        return grants.includeRoom(room.value()) && grants.includeSession(subject, session.value());
    }

    @Override
    public boolean maySend(Signal.Kind kind, @Nullable SessionId to) {
        return grants.sending().includes(kind, to);
    }

    @Override
    public Role role() {
        return new Role(subject, grants.isHidden(), grants.seesOthers());
    }
}
