package tokenly.access;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Signs tokens as an issuer would, and as one would not. */
public final class TokenMint {

    /** 48 bytes. */
    public static final String SECRET = "a secret that is for tests only, and 48 bytes long";

    private TokenMint() {}

    /** Claims of {@code alice} that expire {@code lifetime} after {@code now}; {@code more} is empty or begins with a comma. */
    public static String claims(Instant now, Duration lifetime, String more) {
        return "{\"sub\":\"alice\",\"exp\":" + now.plus(lifetime).getEpochSecond() + more + "}";
    }

    /** Signed with {@link #SECRET}. */
    public static String hs256(String claims) {
        return hs256(claims, SECRET.getBytes(StandardCharsets.UTF_8));
    }

    /** Signed with a key that no server has. */
    public static String ofUnknownKey(String claims) {
        return sign("RS256", rsa("unknown"), claims);
    }

    static String hs256(String claims, byte[] secret) {
        return sign("HS256", null, new HmacKey(secret), claims);
    }

    /** Signed with the private half of {@code key} under its id. */
    static String sign(String algorithm, PublicJsonWebKey key, String claims) {
        return sign(algorithm, key.getKeyId(), key.getPrivateKey(), claims);
    }

    static String sign(String algorithm, @Nullable String keyId, @Nullable Key key, String claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        if (keyId != null) {
            signature.setKeyIdHeaderValue(keyId);
        }
        return sign(signature, key, claims);
    }

    static String sign(JsonWebSignature signature, @Nullable Key key, String claims) {
        signature.setPayload(claims);
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException bug) {
            throw new AssertionError(bug);
        }
    }

    static PublicJsonWebKey rsa(@Nullable String keyId) {
        return make(() -> RsaJwkGenerator.generateJwk(2048), keyId);
    }

    static PublicJsonWebKey ec(@Nullable String keyId) {
        return make(() -> EcJwkGenerator.generateJwk(EllipticCurves.P256), keyId);
    }

    static PublicJsonWebKey ed(@Nullable String keyId) {
        return make(() -> OkpJwkGenerator.generateJwk("Ed25519"), keyId);
    }

    private interface Generator {
        PublicJsonWebKey generate() throws JoseException;
    }

    private static PublicJsonWebKey make(Generator generator, @Nullable String keyId) {
        try {
            PublicJsonWebKey key = generator.generate();
            key.setKeyId(keyId);
            return key;
        } catch (JoseException bug) {
            throw new AssertionError(bug);
        }
    }

    /** The public halves. */
    static String jwks(PublicJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }
}
