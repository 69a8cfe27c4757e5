package tokenly.access;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether clients need a token, and which tokens are good. Thread-safe; never waits for a file or the network. */
public final class Door {

    /** Of an open server: no client needs a token. */
    public static final Door OPEN = new Door(null, Revocations.NONE, Duration.ZERO);

    private final @Nullable Tokens tokens;
    private final Revocations revocations;
    private final Duration leeway;

    /** @param tokens null for an open server */
    public Door(@Nullable Tokens tokens, Revocations revocations, Duration leeway) {
        this.tokens = tokens;
        this.revocations = revocations;
        this.leeway = leeway;
    }

    /** Whether a client must show a token first; false on an open server. */
    public boolean asksForTokens() {
        return tokens != null;
    }

    /** What {@code token} is worth now. Not for an open server. */
    public Verdict verify(String token) {
        Verdict verdict = Objects.requireNonNull(tokens, "an open server verifies no token")
                .verify(token);
        return verdict instanceof Verdict.Accepted accepted && isRevoked(accepted.identity())
                ? new Verdict.Refused(Refusal.REVOKED)
                : verdict;
    }

    /** Whether {@code identity}, or the token that it came with, has been revoked by now. */
    public boolean isRevoked(Identity identity) {
        return revocations.contains(identity);
    }

    /** How long after its expiry a token is still taken, because clocks differ. */
    public Duration leeway() {
        return leeway;
    }
}
