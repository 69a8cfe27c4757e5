package tokenly.session;

import java.security.SecureRandom;
import java.util.Base64;
import tokenly.protocol.IdRule;

/**
 * The stretch over which a session's numbers mean anything, in both directions.
 *
 * @param value as every id; a client may show it and compare it, nothing else
 */
public record Epoch(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** 72 random bits: no session ever draws one that it had before. */
    private static final int RANDOM_BYTES = 9;

    /** @throws IllegalArgumentException with a message for the peer, if it is no valid id */
    public Epoch {
        IdRule.check(value);
    }

    /** One that never was before. */
    static Epoch fresh() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return new Epoch(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
