package tokenly.access;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether clients need a token, and which tokens are good. Thread-safe; never waits for a file or the network. */
public final class Door {

    /** Of an open server: no client needs a token. */
    public static final Door OPEN = new Door(null, Revocations.NONE, false);

    private final @Nullable Tokens tokens;
    private final Revocations revocations;
    private final boolean takesTokensInAddresses;

    /**
     * @param tokens null for an open server
     * @param takesTokensInAddresses whether a token may also stand in the address of the handshake
     */
    public Door(@Nullable Tokens tokens, Revocations revocations, boolean takesTokensInAddresses) {
        this.tokens = tokens;
        this.revocations = revocations;
        this.takesTokensInAddresses = takesTokensInAddresses;
    }

    /** Whether a client must show a token first; false on an open server. */
    public boolean asksForTokens() {
        return tokens != null;
    }

    /** What {@code token} is worth now. Not for an open server. */
    public Verdict verify(String token) {
        Verdict verdict = tokens().verify(token);
        return verdict instanceof Verdict.Accepted accepted && isRevoked(accepted.identity())
                ? new Verdict.Refused(Refusal.REVOKED)
                : verdict;
    }

    /** Whether {@code identity}, or the token that it came with, has been revoked by now. */
    public boolean isRevoked(Identity identity) {
        return revocations.contains(identity);
    }

    /** Whether a token may also stand in the address of the handshake. */
    public boolean takesTokensInAddresses() {
        return takesTokensInAddresses;
    }

    /** How long it is until the token of {@code identity} expires; not below zero. Not for an open server. */
    public Duration left(Identity identity) {
        return tokens().left(identity);
    }

    /** How long after its expiry a token still counts, because clocks differ. Not for an open server. */
    public Duration leeway() {
        return tokens().leeway();
    }

    private Tokens tokens() {
        return Objects.requireNonNull(tokens, "an open server verifies no token");
    }
}
