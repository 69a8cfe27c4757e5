package tokenly.scenario;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Makes the tokens of the tests, good ones and others, as a backend would. */
public final class Jwts {

    /** What the server has in its file. */
    public static final String SECRET = "a secret of the tests, and of nobody else";

    private static final KeyPair RSA = rsa();

    private Jwts() {}

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The JWKS that the server has. */
    static String keys() {
        return new JsonWebKeySet(rsaKey()).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private static PublicJsonWebKey rsaKey() {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(RSA.getPublic());
            key.setKeyId("rsa-1");
            return key;
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For that many seconds from now, which may be over. */
    public static JwtClaims claims(String subject, long seconds, Map<String, Object> grants) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(subject);
        claims.setExpirationTimeMinutesInTheFuture(seconds / 60f);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setClaim("tokenly", grants);
        return claims;
    }

    /** A good one for ten minutes. */
    public static String token(String subject, Map<String, Object> grants) {
        return signed(claims(subject, 600, grants));
    }

    /** Signed with the secret. */
    public static String signed(JwtClaims claims) {
        return signed(claims, AlgorithmIdentifiers.HMAC_SHA256, hmac(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    /** Signed with the RSA key. */
    static String signedByRsa(JwtClaims claims) {
        return signed(claims, AlgorithmIdentifiers.RSA_USING_SHA256, RSA.getPrivate());
    }

    /** Signed by HS256, with what everybody knows of the RSA key as the secret. */
    static String confused(JwtClaims claims) {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(((RSAPublicKey) RSA.getPublic()).getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return signed(claims, AlgorithmIdentifiers.HMAC_SHA256, hmac(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Signed by {@code algorithm} with {@code key}. */
    public static String signed(JwtClaims claims, String algorithm, Key key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKey(key);
        if (key.getAlgorithm().equals("RSA")) {
            signature.setKeyIdHeaderValue("rsa-1");
        }
        signature.setDoKeyValidation(false);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static Key hmac(byte[] secret) {
        return new HmacKey(secret);
    }

    /** Without any signature (RFC 8725, section 3.1). */
    static String unsigned(JwtClaims claims) {
        return base64("{\"alg\":\"none\"}") + "." + base64(claims.toJson()) + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
