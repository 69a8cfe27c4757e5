package tokenly.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a token must be, besides signed.
 *
 * @param maxBytes most bytes of a token
 * @param leeway how far the clocks of the server and of the one who signs may differ
 * @param issuer the claim {@code iss} that it must bear; null for any or none
 * @param audience what its claim {@code aud} must name; null if it must have none (RFC 7519, section 4.1.3)
 */
public record TokenRules(
        int maxBytes,
        Duration leeway,
        @Nullable String issuer,
        @Nullable String audience) {}
