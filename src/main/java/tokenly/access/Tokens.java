package tokenly.access;

import java.security.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens (RFC 7519, with the advice of RFC 8725): their signature, their times, who they are from and for.
 * Thread-safe; never waits for a file or the network.
 */
public final class Tokens {

    /** Shortest secret for HS256 (RFC 7518, section 3.2). */
    public static final int MIN_SECRET_BYTES = 32;

    /** Three parts in base64url (RFC 7515, section 7.1); the last is empty where the token is unsigned. */
    private static final Pattern COMPACT = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]*+");

    private final TokenRules rules;
    private final ClaimsCheck claimsCheck;
    private final @Nullable Key secret;
    private final @Nullable TokenKeys keys;
    private final InstantSource clock;

    /** The token does not count: its form, its algorithm, its key or its signature is not good, or its claims are no JSON. */
    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        private final Refusal reason;

        RefusedException(Refusal reason) {
            super(reason.text(), null, false, false); // for hostile tokens, too, so without a stack trace
            this.reason = reason;
        }
    }

    /**
     * @param secret for HS256, at least {@link #MIN_SECRET_BYTES}; null takes no token of it
     * @param keys for RS256, ES256 and EdDSA; null takes no token of these
     */
    public Tokens(TokenRules rules, byte @Nullable [] secret, @Nullable TokenKeys keys, InstantSource clock) {
        if (secret != null && secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
        }
        this.rules = rules;
        this.claimsCheck = new ClaimsCheck(rules);
        this.secret = secret == null ? null : new HmacKey(secret.clone());
        this.keys = keys;
        this.clock = clock;
        AlgorithmFactoryFactory.getInstance(); // takes a while, and not of the first visitor
    }

    /** What {@code token}, a JWT in compact form, is worth now. Does not know what is revoked. */
    public Verdict verify(String token) {
        try {
            return claimsCheck.judge(verifiedClaims(token), clock.instant());
        } catch (RefusedException refused) {
            return new Verdict.Refused(refused.reason);
        }
    }

    /** How long it is until the token of {@code identity} expires; not below zero. */
    Duration left(Identity identity) {
        Duration left = Duration.between(clock.instant(), identity.expires());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** How long after its expiry a token still counts, because clocks differ. */
    Duration leeway() {
        return rules.leeway();
    }

    private JwtClaims verifiedClaims(String token) throws RefusedException {
        if (token.length() > rules.maxBytes()) {
            throw new RefusedException(Refusal.TOO_LARGE);
        }
        if (!COMPACT.matcher(token).matches()) {
            throw new RefusedException(Refusal.MALFORMED);
        }
        JsonWebSignature signature = parse(token);
        String algorithm = header(signature, "alg");
        signature.setKey(key(algorithm, signature));
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
        if (!isRight(signature)) {
            throw new RefusedException(Refusal.BAD_SIGNATURE);
        }
        try {
            return JwtClaims.parse(signature.getPayload());
        } catch (InvalidJwtException | JoseException | RuntimeException malformed) {
            throw new RefusedException(Refusal.MALFORMED);
        }
    }

    private static boolean isRight(JsonWebSignature signature) {
        try {
            return signature.verifySignature();
        } catch (JoseException | RuntimeException unfit) { // such as a signature of a wrong length
            return false;
        }
    }

    /** Reads the parts; a critical header is refused, as none is known here (RFC 7515, section 4.1.11). */
    private static JsonWebSignature parse(String token) throws RefusedException {
        JsonWebSignature signature = new JsonWebSignature();
        try {
            signature.setCompactSerialization(token);
        } catch (JoseException | RuntimeException malformed) { // the parser throws what it likes at bad text
            throw new RefusedException(Refusal.MALFORMED);
        }
        if (signature.getObjectHeader("crit") != null || signature.getObjectHeader("b64") != null) {
            throw new RefusedException(Refusal.MALFORMED);
        }
        return signature;
    }

    private static String header(JsonWebSignature signature, String name) throws RefusedException {
        if (signature.getObjectHeader(name) instanceof String text) {
            return text;
        }
        throw new RefusedException(Refusal.MALFORMED);
    }

    /** The token says how it is signed, but not with what: each kind of key verifies its own algorithms only. */
    private Key key(String algorithm, JsonWebSignature signature) throws RefusedException {
        boolean isOfSecret = algorithm.equals(AlgorithmIdentifiers.HMAC_SHA256);
        boolean isOfKeys = KeySet.ALGORITHMS.contains(algorithm);
        if (isOfSecret && secret != null) {
            return secret;
        }
        if (!isOfKeys || keys == null) {
            throw new RefusedException(Refusal.WRONG_ALGORITHM);
        }
        String id = signature.getObjectHeader("kid") == null ? null : header(signature, "kid");
        TokenKeys.Answer answer = keys.find(algorithm, id);
        if (answer instanceof TokenKeys.Answer.Found found) {
            return found.key();
        }
        throw new RefusedException(
                answer instanceof TokenKeys.Answer.Soon ? Refusal.KEYS_NOT_HERE_YET : Refusal.UNKNOWN_KEY);
    }
}
