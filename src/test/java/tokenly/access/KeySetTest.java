package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    private final PublicJsonWebKey rsa = TokenMint.rsa("r");
    private final PublicJsonWebKey ec = TokenMint.ec(null);

    @Test
    void aKeyIsFoundByItsAlgorithmAndId() throws KeySet.NoKeySetException {
        PublicJsonWebKey second = TokenMint.ec("second");
        KeySet one = KeySet.parse(TokenMint.jwks(rsa, ec));
        KeySet two = KeySet.parse(TokenMint.jwks(rsa, ec, second));
        assertThat(one.find("RS256", "r")).hasValue(rsa.getPublicKey());
        assertThat(one.find("RS256", null)).hasValue(rsa.getPublicKey());
        assertThat(one.find("RS256", "x")).isEmpty();
        assertThat(one.find("ES256", "r")).isEmpty();
        assertThat(one.find("ES256", null)).hasValue(ec.getPublicKey());
        assertThat(two.find("ES256", null)).as("which of two?").isEmpty();
        assertThat(two.find("ES256", "second")).hasValue(second.getPublicKey());
    }

    @Test
    void secretKeysArePassedOverWithAWarning() throws KeySet.NoKeySetException {
        JsonWebKeySet set = new JsonWebKeySet(List.of(rsa, new OctetSequenceJsonWebKey(new HmacKey(new byte[32])), ec));
        KeySet keys = KeySet.parse(set.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        assertThat(keys.size()).isZero();
        assertThat(keys.warnings()).hasSize(3).allMatch(warning -> warning.contains("it is secret"));
        assertThat(keys.warnings().get(1)).startsWith("key 2 is passed over");
    }

    @Test
    void whatVerifiesNoTokensIsPassedOver() throws KeySet.NoKeySetException, JoseException {
        PublicJsonWebKey weak = RsaJwkGenerator.generateJwk(1024);
        PublicJsonWebKey sealing = TokenMint.rsa("s");
        sealing.setUse("enc");
        PublicJsonWebKey other = TokenMint.rsa("o");
        other.setAlgorithm("RS512");
        String odd = "{\"keys\":[7,{},{\"kty\":\"RSA\",\"n\":7},{\"kty\":\"new\"},{\"kty\":\"EC\",\"crv\":\"P-256\"},";
        KeySet keys =
                KeySet.parse(odd + TokenMint.jwks(weak, sealing, other, ec).substring("{\"keys\":[".length()));
        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.warnings()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[}", "null"})
    void otherTextsAreNoKeySet(String text) {
        assertThatExceptionOfType(KeySet.NoKeySetException.class).isThrownBy(() -> KeySet.parse(text));
    }
}
