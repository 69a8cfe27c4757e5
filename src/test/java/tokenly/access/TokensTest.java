package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.QuietLog;
import tokenly.session.FakeTimer;

@ExtendWith(QuietLog.class)
class TokensTest {

    private static final Instant NOW = FakeTimer.START;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final byte[] SECRET = TokenMint.SECRET.getBytes(StandardCharsets.UTF_8);
    private static final PublicJsonWebKey RSA = TokenMint.rsa("r");
    private static final PublicJsonWebKey EC = TokenMint.ec("e");
    private static final PublicJsonWebKey ED = TokenMint.ed("d");
    private static final TokenRules RULES = new TokenRules(4096, Duration.ofSeconds(30), null, null);

    private final FakeTimer timer = new FakeTimer();
    private final Tokens tokens = tokens(RULES, SECRET);

    private Tokens tokens(TokenRules rules, byte @Nullable [] secret) {
        TokenKeys keys =
                new TokenKeys(() -> Optional.of(TokenMint.jwks(RSA, EC, ED)), Duration.ofDays(1), Runnable::run, timer);
        keys.begin();
        return new Tokens(rules, secret, keys, timer);
    }

    @Test
    void aTokenOfEachAlgorithmIsTaken() {
        String claims = TokenMint.claims(NOW, HOUR, ",\"jti\":\"7\",\"tokenly\":{\"room\":\"lobby\"}");
        Identity alice = identity(tokens, TokenMint.hs256(claims));
        assertThat(alice.subject()).isEqualTo("alice");
        assertThat(alice.tokenId()).isEqualTo("7");
        assertThat(alice.expires()).isEqualTo(NOW.plus(HOUR));
        assertThat(alice.grants().room()).isEqualTo("lobby");
        assertThat(identity(tokens, TokenMint.sign("RS256", RSA, claims))).isEqualTo(alice);
        assertThat(identity(tokens, TokenMint.sign("ES256", EC, claims))).isEqualTo(alice);
        assertThat(identity(tokens, TokenMint.sign("EdDSA", ED, claims))).isEqualTo(alice);
        assertThat(identity(tokens, TokenMint.sign("EdDSA", null, ED.getPrivateKey(), claims)))
                .as("without kid")
                .isEqualTo(alice);
    }

    /** Else a public key, which all have, would be a secret. */
    @Test
    void thePublicKeyIsNoSecret() {
        String claims = TokenMint.claims(NOW, HOUR, "");
        for (PublicJsonWebKey key : new PublicJsonWebKey[] {RSA, EC, ED}) {
            byte[] encoded = key.getPublicKey().getEncoded();
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END PUBLIC KEY-----\n";
            for (byte[] secret : new byte[][] {encoded, pem.getBytes(StandardCharsets.US_ASCII)}) {
                String forged = TokenMint.sign("HS256", key.getKeyId(), new HmacKey(secret), claims);
                assertThat(refusal(tokens, forged)).isEqualTo(Refusal.BAD_SIGNATURE);
                assertThat(refusal(tokens(RULES, null), forged)).isEqualTo(Refusal.WRONG_ALGORITHM);
            }
        }
    }

    @Test
    void aKeyVerifiesItsOwnAlgorithmOnly() {
        String claims = TokenMint.claims(NOW, HOUR, "");
        assertThat(refusal(tokens, TokenMint.sign("RS512", RSA, claims))).isEqualTo(Refusal.WRONG_ALGORITHM);
        assertThat(refusal(tokens, TokenMint.sign("PS256", RSA, claims))).isEqualTo(Refusal.WRONG_ALGORITHM);
        assertThat(refusal(tokens, TokenMint.sign("HS512", null, new HmacKey(new byte[64]), claims)))
                .isEqualTo(Refusal.WRONG_ALGORITHM);
        assertThat(refusal(tokens, TokenMint.sign("ES256", "r", EC.getPrivateKey(), claims)))
                .as("the id of a key of another kind")
                .isEqualTo(Refusal.UNKNOWN_KEY);
        Tokens secretOnly = new Tokens(RULES, SECRET, null, timer);
        assertThat(refusal(secretOnly, TokenMint.sign("RS256", RSA, claims))).isEqualTo(Refusal.WRONG_ALGORITHM);
    }

    @Test
    void theKeyInATokenIsNotUsed() {
        PublicJsonWebKey own = TokenMint.ec("own");
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("ES256");
        signature.setJwkHeader(own);
        String forged = TokenMint.sign(signature, own.getPrivateKey(), TokenMint.claims(NOW, HOUR, ""));
        assertThat(refusal(tokens, forged)).isEqualTo(Refusal.BAD_SIGNATURE);
    }

    @Test
    void anUnsignedTokenIsRefused() {
        String claims = TokenMint.claims(NOW, HOUR, "");
        assertThat(refusal(tokens, TokenMint.sign("none", null, null, claims))).isEqualTo(Refusal.WRONG_ALGORITHM);
        String signed = TokenMint.hs256(claims);
        assertThat(refusal(tokens, signed.substring(0, signed.lastIndexOf('.') + 1)))
                .isEqualTo(Refusal.BAD_SIGNATURE);
    }

    @Test
    void anotherSecretAndOtherClaimsAreRefused() {
        String claims = TokenMint.claims(NOW, HOUR, "");
        assertThat(refusal(tokens, TokenMint.hs256(claims, new byte[32]))).isEqualTo(Refusal.BAD_SIGNATURE);
        String[] alice = TokenMint.hs256(claims).split("\\.", -1);
        String[] admin = TokenMint.hs256(TokenMint.claims(NOW, HOUR, ",\"tokenly\":{\"admin\":true}"))
                .split("\\.", -1);
        assertThat(refusal(tokens, alice[0] + "." + admin[1] + "." + alice[2])).isEqualTo(Refusal.BAD_SIGNATURE);
        assertThat(refusal(
                        tokens, TokenMint.sign("ES256", "e", TokenMint.ec("e").getPrivateKey(), claims)))
                .isEqualTo(Refusal.BAD_SIGNATURE);
        assertThat(refusal(tokens, TokenMint.sign("ES256", TokenMint.ec("x"), claims)))
                .isEqualTo(Refusal.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "..",
                "a.b",
                "a.b.c",
                "a.b.c.d",
                "a.b.c.d.e",
                "é.b.c",
                "e30.e30.",
                "e30.e30.e30",
                "bnVsbA.e30.x",
                "a b.c.d",
                "W10.e30.x"
            })
    void whatIsNoTokenIsRefused(String text) {
        assertThat(refusal(tokens, text)).isEqualTo(Refusal.MALFORMED);
    }

    @Test
    void badHeadersAreRefused() {
        String claims = ".e30.AAAA";
        assertThat(refusal(tokens, base64("{\"alg\":7}") + claims)).isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(tokens, base64("{\"alg\":\"RS256\",\"kid\":7}") + claims))
                .isEqualTo(Refusal.MALFORMED);
        assertThat(refusal(tokens, base64("{\"alg\":\"none\",\"alg\":\"RS256\"}") + claims))
                .isEqualTo(Refusal.MALFORMED);
        JsonWebSignature critical = new JsonWebSignature();
        critical.setAlgorithmHeaderValue("HS256");
        critical.setHeader("crit", List.of("exp"));
        critical.setHeader("exp", 1);
        assertThat(refusal(tokens, TokenMint.sign(critical, new HmacKey(SECRET), TokenMint.claims(NOW, HOUR, ""))))
                .isEqualTo(Refusal.MALFORMED);
    }

    @Test
    void aTokenMayHaveSoManyBytes() {
        String claims = TokenMint.claims(NOW, HOUR, ",\"x\":\"%s\"");
        String token = TokenMint.hs256(claims.formatted("x".repeat(100)));
        assertThat(identity(tokens(rules(token.length()), SECRET), token).subject())
                .isEqualTo("alice");
        assertThat(refusal(tokens(rules(token.length() - 1), SECRET), token)).isEqualTo(Refusal.TOO_LARGE);
    }

    private static TokenRules rules(int maxBytes) {
        return new TokenRules(maxBytes, Duration.ZERO, null, null);
    }

    @Test
    void aTokenIsTakenUntilTheLeewayAfterItsExpiry() {
        String token = TokenMint.hs256(TokenMint.claims(NOW, Duration.ofSeconds(60), ""));
        timer.advanceMillis(89_999);
        assertThat(identity(tokens, token).expires()).isEqualTo(NOW.plusSeconds(60));
        timer.advanceMillis(1);
        assertThat(refusal(tokens, token)).isEqualTo(Refusal.EXPIRED);
        assertThat(identity(tokens, TokenMint.hs256("{\"sub\":\"alice\",\"exp\":1e300}"))
                        .expires())
                .isAfter(NOW);
    }

    @Test
    void aTokenIsNotTakenBeforeItsTime() {
        String token = TokenMint.hs256(
                TokenMint.claims(NOW, HOUR, ",\"nbf\":" + NOW.plusSeconds(60).getEpochSecond()));
        timer.advanceMillis(29_999);
        assertThat(refusal(tokens, token)).isEqualTo(Refusal.NOT_YET_VALID);
        timer.advanceMillis(1);
        assertThat(identity(tokens, token).subject()).isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"exp\":1893456000} | NO_SUBJECT",
                "{\"sub\":\"\",\"exp\":1893456000} | NO_SUBJECT",
                "{\"sub\":7,\"exp\":1893456000} | MALFORMED",
                "{\"sub\":\"alice\"} | NO_EXPIRY",
                "{\"sub\":\"alice\",\"exp\":null} | NO_EXPIRY",
                "{\"sub\":\"alice\",\"exp\":\"1893456000\"} | MALFORMED",
                "{\"sub\":\"alice\",\"exp\":-1} | EXPIRED",
                "{\"sub\":\"alice\",\"exp\":1893456000,\"jti\":7} | MALFORMED",
                "{\"sub\":\"alice\",\"exp\":1893456000,\"aud\":\"others\"} | WRONG_AUDIENCE",
                "{\"sub\":\"alice\",\"exp\":1893456000,\"tokenly\":true} | BAD_GRANTS",
                "{\"sub\":\"alice\",\"exp\":1893456000,\"tokenly\":{\"room\":7}} | BAD_GRANTS",
                "{\"sub\":\"alice\",\"sub\":\"bob\",\"exp\":1893456000} | MALFORMED",
                "[] | MALFORMED",
                "nothing | MALFORMED",
            })
    void aClaimThatIsMissingOrMalformedIsNamed(String claims, Refusal reason) {
        assertThat(refusal(tokens, TokenMint.hs256(claims))).isEqualTo(reason);
    }

    @Test
    void aSubjectHasAtMost256Characters() {
        String claims = "{\"sub\":\"%s\",\"exp\":1893456000}";
        assertThat(identity(tokens, TokenMint.hs256(claims.formatted("x".repeat(256))))
                        .subject())
                .hasSize(256);
        assertThat(refusal(tokens, TokenMint.hs256(claims.formatted("x".repeat(257)))))
                .isEqualTo(Refusal.NO_SUBJECT);
    }

    @Test
    void issuerAndAudienceMustBeTheOnesThatAreSet() {
        Tokens strict = tokens(new TokenRules(4096, Duration.ZERO, "https://issuer.example", "tokenly"), SECRET);
        String issuer = ",\"iss\":\"https://issuer.example\"";
        assertThat(refusal(strict, TokenMint.hs256(TokenMint.claims(NOW, HOUR, ",\"aud\":\"tokenly\""))))
                .isEqualTo(Refusal.WRONG_ISSUER);
        assertThat(refusal(
                        strict,
                        TokenMint.hs256(TokenMint.claims(
                                NOW, HOUR, ",\"iss\":\"https://issuer.example/\",\"aud\":\"tokenly\""))))
                .isEqualTo(Refusal.WRONG_ISSUER);
        assertThat(refusal(strict, TokenMint.hs256(TokenMint.claims(NOW, HOUR, issuer))))
                .isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(refusal(strict, TokenMint.hs256(TokenMint.claims(NOW, HOUR, issuer + ",\"aud\":[\"others\"]"))))
                .isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(identity(
                                strict,
                                TokenMint.hs256(
                                        TokenMint.claims(NOW, HOUR, issuer + ",\"aud\":[\"others\",\"tokenly\"]")))
                        .subject())
                .isEqualTo("alice");
        assertThat(refusal(strict, TokenMint.hs256(TokenMint.claims(NOW, HOUR.negated(), ""))))
                .as("a new token would not help")
                .isEqualTo(Refusal.WRONG_ISSUER);
    }

    @Test
    void noDamageToATokenMakesItGoodOrFails() {
        Random random = new Random(7);
        for (String token : new String[] {
            TokenMint.hs256(TokenMint.claims(NOW, HOUR, "")),
            TokenMint.sign("ES256", EC, TokenMint.claims(NOW, HOUR, ""))
        }) {
            int end = token.lastIndexOf('.');
            for (int round = 0; round < 300; round++) {
                StringBuilder damaged = new StringBuilder(token);
                damaged.setCharAt(random.nextInt(end), (char) (random.nextInt(0x60) + 0x20));
                if (!damaged.toString().equals(token)) {
                    assertThat(tokens.verify(damaged.toString())).isInstanceOf(Verdict.Refused.class);
                }
                assertThat(tokens.verify(token.substring(0, random.nextInt(token.length() - 2))))
                        .isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReasonFitsIntoACloseFrame(Refusal reason) {
        assertThat(reason.text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(20, 123);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Identity identity(Tokens tokens, String token) {
        Verdict verdict = tokens.verify(token);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).identity();
    }

    private static Refusal refusal(Tokens tokens, String token) {
        Verdict verdict = tokens.verify(token);
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).reason();
    }
}
