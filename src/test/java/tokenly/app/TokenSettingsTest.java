package tokenly.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.access.Door;
import tokenly.access.Refusal;
import tokenly.access.TokenMint;
import tokenly.access.Verdict;
import tokenly.session.FakeTimer;

class TokenSettingsTest {

    private static final String CLAIMS = TokenMint.claims(FakeTimer.START, Duration.ofHours(1), "");

    @TempDir
    private Path directory;

    private final FakeTimer timer = new FakeTimer();

    @Test
    void aServerWithoutAKeyAsksForNoTokens() {
        assertThat(door(Map.of())).isSameAs(Door.OPEN);
        assertThat(Door.OPEN.takesTokensInAddresses()).isFalse();
    }

    @Test
    void aSecretMakesTheServerAskForTokens() {
        Door door = door(Map.of("tokenly.token.secret", TokenMint.SECRET, "tokenly.revoked", "sub bob"));
        assertThat(door.asksForTokens()).isTrue();
        assertThat(door.takesTokensInAddresses()).isFalse();
        assertThat(door.verify(TokenMint.hs256(CLAIMS))).isInstanceOf(Verdict.Accepted.class);
        assertThat(door.verify(TokenMint.hs256(CLAIMS.replace("alice", "bob"))))
                .isEqualTo(new Verdict.Refused(Refusal.REVOKED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aSecretMayStandInAFile(String end) throws IOException {
        Path file = directory.resolve("secret");
        Files.writeString(file, TokenMint.SECRET + end);
        Door door = door(Map.of("tokenly.token.secret.file", file.toString()));
        assertThat(door.verify(TokenMint.hs256(CLAIMS))).isInstanceOf(Verdict.Accepted.class);
        Files.writeString(file, "x".repeat(31) + end);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> door(Map.of("tokenly.token.secret.file", file.toString())))
                .withMessageContaining("31 bytes")
                .withMessageContaining("openssl rand -base64 48")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("xxx"));
    }

    @Test
    void theFileOfASecretMayHold64KiB() throws IOException {
        Path file = directory.resolve("secret");
        Files.write(file, new byte[64 << 10]);
        assertThat(door(Map.of("tokenly.token.secret.file", file.toString())).asksForTokens())
                .isTrue();
        Files.write(file, new byte[(64 << 10) + 1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> door(Map.of("tokenly.token.secret.file", file.toString())))
                .withMessageContaining(file + " cannot be used: it is larger than 65536 bytes. Name a file");
    }

    @Test
    void noMessageShowsASecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("tokenly.token.secret", "too-short")))
                .withMessageContaining("tokenly.token.secret")
                .withMessageContaining("openssl rand -base64 48")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("too-short"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(
                        Map.of("tokenly.token.secret", TokenMint.SECRET, "tokenly.token.secret.file", "secret.txt")))
                .withMessageContaining("are both set")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain(TokenMint.SECRET));
    }

    /** Else an operator might think that it is. */
    @ParameterizedTest
    @ValueSource(strings = {"tokenly.token.issuer", "tokenly.token.audience", "tokenly.revoked.file"})
    void aServerWithoutAKeyIsNotProtectedByTheRest(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(key, "some")))
                .withMessageContaining(key + " is set, but no key that verifies tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenly.token.keys", "tokenly.token.secret.file", "tokenly.revoked.file"})
    void aFileThatIsMissingStopsTheStart(String key) {
        String path = directory.resolve("none").toString();
        Map<String, String> values = key.equals("tokenly.revoked.file")
                ? Map.of(key, path, "tokenly.token.secret", TokenMint.SECRET)
                : Map.of(key, path);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> door(values))
                .withMessageStartingWith(key + ": " + path + " cannot be used: there is no such file");
    }

    @Test
    void aKeyServerThatDoesNotAnswerStopsNoStart() {
        Door door = door(Map.of("tokenly.token.keys", "http://localhost:1/keys"));
        String token = "eyJhbGciOiJSUzI1NiJ9.e30.AAAA"; // of RS256
        assertThat(door.verify(token)).isEqualTo(new Verdict.Refused(Refusal.KEYS_NOT_HERE_YET));
    }

    private static TokenSettings settings(Map<String, String> values) {
        return Settings.read(256 << 20, values.keySet(), List.of(), key -> Optional.ofNullable(values.get(key)))
                .tokens();
    }

    private Door door(Map<String, String> values) {
        return settings(values).door(task -> {}, timer, timer);
    }
}
