package tokenly.access;

import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/** Judges the claims of a token whose signature is right. */
final class ClaimsCheck {

    /** Longest subject and token id, in UTF-16 code units: each session keeps the subject of its owner. */
    static final int MAX_LENGTH = 256;

    /** No moment is later, so that all can be computed with: the end of the year 9999. */
    private static final long LATEST_SECOND = 253_402_300_799L;

    /** What a decoder puts where bytes are no UTF-8. */
    private static final int REPLACEMENT = 0xFFFD;

    private final TokenRules rules;

    ClaimsCheck(TokenRules rules) {
        this.rules = rules;
    }

    /** What a token with {@code claims} is worth at {@code now}. */
    Verdict judge(JwtClaims claims, Instant now) {
        try {
            Optional<Refusal> fault = misfit(claims);
            if (fault.isEmpty()) { // else no other time would help
                fault = untimely(claims, now);
            }
            return fault.isPresent() ? new Verdict.Refused(fault.get()) : grant(claims);
        } catch (MalformedClaimException wrongType) {
            return new Verdict.Refused(Refusal.MALFORMED);
        }
    }

    private Optional<Refusal> misfit(JwtClaims claims) throws MalformedClaimException {
        if (rules.issuer() != null && !rules.issuer().equals(claims.getIssuer())) {
            return Optional.of(Refusal.WRONG_ISSUER);
        }
        if (!isForThisServer(claims)) {
            return Optional.of(Refusal.WRONG_AUDIENCE);
        }
        String tokenId = claims.getJwtId();
        if (tokenId != null && !isName(tokenId)) {
            return Optional.of(Refusal.MALFORMED);
        }
        return isName(claims.getSubject()) ? Optional.empty() : Optional.of(Refusal.NO_SUBJECT);
    }

    private boolean isForThisServer(JwtClaims claims) throws MalformedClaimException {
        String own = rules.audience();
        return own == null
                ? !claims.hasAudience()
                : claims.hasAudience() && claims.getAudience().contains(own);
    }

    private static boolean isName(@Nullable String text) {
        return text != null
                && !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.equals(text.strip())
                && text.codePoints().noneMatch(ClaimsCheck::isUnfit);
    }

    /**
     * An unpaired surrogate, and what stands where a token is no UTF-8, could be two names that the store gives back as one; a
     * control character could stand on no line of a list of names.
     */
    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || codePoint == REPLACEMENT;
    }

    private Optional<Refusal> untimely(JwtClaims claims, Instant now) throws MalformedClaimException {
        NumericDate expires = claims.getExpirationTime();
        if (expires == null) {
            return Optional.of(Refusal.NO_EXPIRY);
        }
        if (!now.isBefore(instant(expires).plus(rules.leeway()))) {
            return Optional.of(Refusal.EXPIRED);
        }
        NumericDate notBefore = claims.getNotBefore();
        return notBefore != null && now.isBefore(instant(notBefore).minus(rules.leeway()))
                ? Optional.of(Refusal.NOT_YET_VALID)
                : Optional.empty();
    }

    private static Instant instant(NumericDate date) {
        return Instant.ofEpochSecond(Math.max(0, Math.min(date.getValue(), LATEST_SECOND)));
    }

    private static Verdict grant(JwtClaims claims) throws MalformedClaimException {
        Optional<Grants> grants = GrantsReader.read(claims.getClaimValue("tokenly"));
        return grants.isEmpty()
                ? new Verdict.Refused(Refusal.BAD_GRANTS)
                : new Verdict.Accepted(new Identity(
                        claims.getSubject(), claims.getJwtId(), instant(claims.getExpirationTime()), grants.get()));
    }
}
