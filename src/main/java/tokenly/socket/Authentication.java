package tokenly.socket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tokenly.access.Identity;
import tokenly.access.LimitHit;
import tokenly.access.Refusal;
import tokenly.access.Verdict;
import tokenly.protocol.CloseCode;
import tokenly.session.Permit;
import tokenly.session.Timer;
import tokenly.wire.TokenFrames;

/**
 * Who is at the far side of one connection, as its token says, and until when: then the connection is closed, unless another
 * token of the same subject has come. Thread-safe.
 */
final class Authentication {

    /** How long before the end of its token a client is told; a shorter life is told of when a third of it is left. */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(30);

    /** When a client should show again what could not be verified yet. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    static final String GRANTS_TOO_LITTLE = "the new token does not grant a session of this connection";

    private final SocketConnection connection;
    private final ConnectionParts shared;
    private volatile @Nullable Identity identity; // null until a token is accepted
    private Timer.@Nullable Task next; // guarded by this; tells of the end, or is the end
    private boolean isOver; // guarded by this

    Authentication(SocketConnection connection, ConnectionParts shared) {
        this.connection = connection;
        this.shared = shared;
    }

    /** Whether the connection may do anything at all. */
    boolean isDone() {
        return identity != null || !shared.door().asksForTokens();
    }

    /** What the connection may do now. */
    Permit permit() {
        Identity shown = identity;
        if (shown != null) {
            return shown;
        }
        return shared.door().asksForTokens() ? Permit.NOTHING : Permit.EVERYTHING;
    }

    /** Whether its token lets it speak for many. */
    boolean isGateway() {
        Identity shown = identity;
        return shown != null && shown.grants().isGateway();
    }

    /** Whether whom its token names, or the token itself, was revoked since. */
    boolean isRevoked() {
        Identity shown = identity;
        return shown != null && shared.door().isRevoked(shown);
    }

    /** The far side shows {@code token}, and is told that it counts; if it does not, returns false, and the connection will be closed. */
    boolean show(String token) {
        if (!shared.door().asksForTokens()) {
            connection.send(TokenFrames.authenticated(null, null));
            return true;
        }
        Verdict verdict = shared.door().verify(token);
        if (verdict instanceof Verdict.Refused refused) {
            return refuse(refused.reason());
        }
        return verdict instanceof Verdict.Accepted accepted && accept(accepted.identity());
    }

    /** Returns whether the connection goes on all the same. */
    private boolean refuse(Refusal reason) {
        Identity before = identity;
        if (before != null && reason == Refusal.KEYS_NOT_HERE_YET) {
            plan(before, AGAIN, () -> tell(before)); // the old token counts on
            return true;
        }
        shared.limitHits().add(LimitHit.TOKEN_REFUSED);
        switch (reason) {
            case EXPIRED -> connection.turnAway(CloseCode.TOKEN_EXPIRED);
            case KEYS_NOT_HERE_YET, NOT_YET_VALID -> connection.turnAway(CloseCode.BUSY);
            case REVOKED -> connection.expel();
            default -> connection.turnAway(CloseCode.NOT_ALLOWED, reason.text());
        }
        return false;
    }

    private boolean accept(Identity shown) {
        Identity before = identity;
        if (before != null && !before.subject().equals(shown.subject())) {
            return refuse("a new token must name the same subject as the one before");
        }
        if (before != null && before.grants().isGateway() != shown.grants().isGateway()) {
            return refuse("a new token must grant gateway like the one before");
        }
        identity = shown; // first: a session that is added from here on is granted by it
        if (before != null && !shared.switchboard().holdsOnly(connection, shown)) {
            return refuse(GRANTS_TOO_LITTLE);
        }
        shared.forwarder().permitted(connection, shown);
        Duration left = shared.door().left(shown);
        plan(shown, left.minus(ahead(left)), () -> tell(shown));
        connection.send(TokenFrames.authenticated(shown.subject(), left));
        return true;
    }

    private boolean refuse(String reason) {
        shared.limitHits().add(LimitHit.TOKEN_REFUSED);
        connection.turnAway(CloseCode.NOT_ALLOWED, reason);
        return false;
    }

    private static Duration ahead(Duration left) {
        Duration third = left.dividedBy(3);
        return third.compareTo(MOST_AHEAD) < 0 ? third : MOST_AHEAD;
    }

    /** It is time for a token after that of {@code shown}. */
    private void tell(Identity shown) {
        Duration left = shared.door().left(shown);
        Duration end = left.plus(shared.door().leeway());
        if (plan(shown, end, () -> connection.lose(CloseCode.TOKEN_EXPIRED))) {
            connection.send(TokenFrames.expiring(left));
        }
    }

    /** Has {@code step} done in place of what was planned; false if another token counts meanwhile, or the connection is gone. */
    private synchronized boolean plan(Identity shown, Duration delay, Runnable step) {
        boolean isCurrent = !isOver && shown.equals(identity);
        if (isCurrent) {
            end();
            next = shared.timer().after(delay, step);
        }
        return isCurrent;
    }

    private void end() {
        if (next != null) {
            next.cancel();
        }
    }

    /** The connection is gone. */
    synchronized void close() {
        isOver = true;
        end();
    }
}
