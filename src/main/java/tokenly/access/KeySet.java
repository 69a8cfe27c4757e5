package tokenly.access;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The public keys of a JWK set (RFC 7517) that may verify tokens. Immutable. */
final class KeySet {

    /** Those that the keys of a set verify. */
    static final Set<String> ALGORITHMS = Set.of(
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.EDDSA);

    /** A set without keys. */
    static final KeySet EMPTY = new KeySet(List.of(), List.of());

    /** Shorter ones can be broken (NIST SP 800-131A). */
    private static final int MIN_RSA_BITS = 2048;

    private final List<Entry> entries;
    private final List<String> warnings;

    private record Entry(String algorithm, @Nullable String id, PublicKey key) {}

    private KeySet(List<Entry> entries, List<String> warnings) {
        this.entries = List.copyOf(entries);
        this.warnings = List.copyOf(warnings);
    }

    /** A text that is no JWK set; the message tells the operator why. */
    static final class NoKeySetException extends Exception {

        private static final long serialVersionUID = 1;

        NoKeySetException(String message) {
            super(message);
        }
    }

    /** Reads a JWK set; what in it is no key for tokens is passed over, with a warning. */
    static KeySet parse(String json) throws NoKeySetException {
        Object keys;
        try {
            keys = JsonUtil.parseJson(json).get("keys");
        } catch (JoseException | RuntimeException noJson) { // the parser throws what it likes at bad text
            throw new NoKeySetException("it is no JSON object");
        }
        if (!(keys instanceof List<?> items)) {
            throw new NoKeySetException("it has no list \"keys\" (RFC 7517, section 5)");
        }
        List<Entry> entries = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (int index = 0; index < items.size(); index++) {
            try {
                entries.add(entry(items.get(index)));
            } catch (NoKeySetException unfit) {
                warnings.add("key " + (index + 1) + " is passed over: " + unfit.getMessage());
            }
        }
        return new KeySet(entries, warnings);
    }

    private static Entry entry(@Nullable Object item) throws NoKeySetException {
        if (!(item instanceof Map<?, ?> members)) {
            throw new NoKeySetException("it is no JSON object");
        }
        if ("oct".equals(members.get("kty")) || members.containsKey("d") || members.containsKey("k")) {
            throw new NoKeySetException(
                    "it is secret. Publish public keys only, and replace this one, which others may have");
        }
        JsonWebKey jwk = jwk(members);
        if (!(jwk.getKey() instanceof PublicKey key)) {
            throw new NoKeySetException("it is no public key");
        }
        String algorithm = algorithm(key)
                .orElseThrow(() ->
                        new NoKeySetException("it is not RSA of " + MIN_RSA_BITS + " bits or more, P-256 or Ed25519"));
        if (jwk.getAlgorithm() != null && !jwk.getAlgorithm().equals(algorithm)) {
            throw new NoKeySetException("its alg is not " + algorithm);
        }
        if (jwk.getUse() != null && !jwk.getUse().equals("sig")) {
            throw new NoKeySetException("its use is not sig");
        }
        return new Entry(algorithm, jwk.getKeyId(), key);
    }

    private static JsonWebKey jwk(Map<?, ?> members) throws NoKeySetException {
        try {
            @SuppressWarnings("unchecked") // a JSON object has texts for names
            Map<String, Object> params = (Map<String, Object>) members;
            return PublicJsonWebKey.Factory.newPublicJwk(params);
        } catch (JoseException | RuntimeException malformed) { // the library throws what it likes at bad members
            throw new NoKeySetException("it is malformed, or of a kind that this server does not know");
        }
    }

    /** The one algorithm that {@code key} is used with. */
    private static Optional<String> algorithm(PublicKey key) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
            return Optional.of(AlgorithmIdentifiers.RSA_USING_SHA256);
        }
        if (key instanceof ECPublicKey ec
                && EllipticCurves.P256.getCurve().equals(ec.getParams().getCurve())) {
            return Optional.of(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        }
        return key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")
                ? Optional.of(AlgorithmIdentifiers.EDDSA)
                : Optional.empty();
    }

    /** The key of {@code algorithm} with that id; if {@code id} is null, the only key of {@code algorithm}. */
    Optional<PublicKey> find(String algorithm, @Nullable String id) {
        List<Entry> fitting = entries.stream()
                .filter(entry -> entry.algorithm().equals(algorithm))
                .filter(entry -> id == null || id.equals(entry.id()))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).key()) : Optional.empty();
    }

    int size() {
        return entries.size();
    }

    /** What was passed over, and why, a sentence each; names no key material. */
    List<String> warnings() {
        return warnings;
    }
}
