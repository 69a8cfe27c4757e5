package tokenly.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.session.FakeTimer;
import tokenly.session.SessionId;
import tokenly.wire.IceServers;

/** From 2026-01-01T10:00:00Z on. */
class IceSettingsTest {

    private static final String SECRET = "shared-with-coturn";

    @TempDir
    private Path directory;

    @Test
    void byDefaultThereAreNone() {
        assertThat(servers(Map.of()).areAny()).isFalse();
    }

    @Test
    void stunNeedsNoSecret() {
        IceServers servers = servers(Map.of("tokenly.ice.urls", "stun:a:3478,stuns:b"));
        assertThat(servers.hasStun()).isTrue();
        assertThat(servers.hasTurn()).isFalse();
        assertThat(servers.frame(new SessionId("s")))
                .endsWith("\"ice_servers\":[{\"urls\":[\"stun:a:3478\",\"stuns:b\"]}]}");
    }

    @Test
    void turnHasCredentialsOfTheLifetime() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        String fromFile = frame(Map.of("tokenly.ice.urls", "turn:a", "tokenly.ice.secret.file", file.toString()));
        assertThat(fromFile)
                .contains("\"username\":\"1767265200:s\"") // an hour later
                .contains("\"ice_lifetime_ms\":3600000")
                .isEqualTo(frame(Map.of("tokenly.ice.urls", "turn:a", "tokenly.ice.secret", SECRET)));
        assertThat(frame(Map.of(
                        "tokenly.ice.urls",
                        "turn:a",
                        "tokenly.ice.secret",
                        SECRET,
                        "tokenly.ice.lifetime.ms",
                        "60000")))
                .contains("\"username\":\"1767261660:s\"", "\"ice_lifetime_ms\":60000");
    }

    @Test
    void turnWithoutASecretStopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of("tokenly.ice.urls", "stun:a,turn:a")))
                .withMessageContainingAll(
                        "tokenly.ice.urls names a TURN server",
                        "set tokenly.ice.secret.file or tokenly.ice.secret",
                        "static-auth-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "stun:a"})
    void aSecretWithoutTurnStopsTheStart(String urls) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of("tokenly.ice.urls", urls, "tokenly.ice.secret", SECRET)))
                .withMessageContaining("tokenly.ice.secret is set, but no TURN server")
                .withMessageContaining("tokenly.ice.urls")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain(SECRET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of("tokenly.ice.urls", urls, "tokenly.ice.secret.file", file.toString())))
                .withMessageContaining("tokenly.ice.secret.file is set, but no TURN server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn://a", "http://a", "stun:a?transport=udp", "turn:a,", "turn:a:99999"})
    void aUrlOfAnotherFormStopsTheStart(String urls) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of("tokenly.ice.urls", urls, "tokenly.ice.secret", SECRET)))
                .withMessageContaining("tokenly.ice.urls is " + urls
                        + ", but must be none or stun:, stuns:, turn: and turns: URLs such as stun:turn.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"59999", "86400001"})
    void aLifetimeIsAMinuteToADay(String millis) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of("tokenly.ice.lifetime.ms", millis)))
                .withMessageContaining("60000 to 86400000");
    }

    @Test
    void noMessageShowsTheSecret() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of("tokenly.ice.urls", "turn:a", "tokenly.ice.secret", "too-short")))
                .withMessageContaining("tokenly.ice.secret is ***")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("too-short"));
        Path file = Files.writeString(directory.resolve("secret"), "too-short");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> servers(Map.of("tokenly.ice.urls", "turn:a", "tokenly.ice.secret.file", file.toString())))
                .withMessageContaining("9 bytes that do not fit")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("too-short"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of(
                        "tokenly.ice.urls", "turn:a", "tokenly.ice.secret", SECRET, "tokenly.ice.secret.file", "x")))
                .withMessageContaining("are both set")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain(SECRET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> servers(Map.of("tokenly.ice.urls", "stun:a,turn:user:pass@b")))
                .withMessageContaining("tokenly.ice.urls is stun:a,turn:***@b,");
        assertThat(settings(Map.of("tokenly.ice.urls", "turn:a", "tokenly.ice.secret", SECRET))
                        .changed())
                .isEqualTo("tokenly.ice.urls=turn:a, tokenly.ice.secret=***");
    }

    private static String frame(Map<String, String> values) {
        return servers(values).frame(new SessionId("s"));
    }

    private static IceServers servers(Map<String, String> values) {
        return settings(values).ice().servers(new FakeTimer());
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.read(256 << 20, values.keySet(), List.of(), key -> Optional.ofNullable(values.get(key)));
    }
}
