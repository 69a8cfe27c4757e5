package tokenly.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.access.Door;
import tokenly.access.StatusAccess;
import tokenly.store.JournalStore;
import tokenly.store.MemoryStore;

class SettingsTest {

    private static final long HEAP = 256 << 20;

    @Test
    void byDefaultItIsTheGuidesPolicy() {
        Settings settings = read(Map.of());
        assertThat(settings.reconnectPolicy().delays().stream().map(Duration::toMillis))
                .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L);
        assertThat(settings.heartbeatTimes().timeout()).hasSeconds(20);
        assertThat(settings.limits().roomSessions()).isEqualTo(1_000);
    }

    @Test
    void aSettingTakesEffect() {
        Settings settings =
                read(Map.of("tokenly.reconnect.initial.delay.ms", " 200 ", "tokenly.reconnect.factor", "1.5"));
        assertThat(settings.reconnectPolicy().delay(2)).hasMillis(300);
    }

    @ParameterizedTest
    @CsvSource({
        "tokenly.reconnect.max.attempts, 0, 1 to 100",
        "tokenly.reconnect.max.attempts, 101, 1 to 100",
        "tokenly.reconnect.max.attempts, 1.5, 1 to 100",
        "tokenly.reconnect.max.attempts, five, 1 to 100",
        "tokenly.reconnect.factor, 0.99, 1.0 to 10.0",
        "tokenly.store, disk, journal or memory",
        "tokenly.store.fsync, ALWAYS, off or interval or always",
        "tokenly.store.dir, '', a path",
        "tokenly.connections.max, 0, auto or 1 to 10000000",
        "tokenly.connections.max, automatic, auto or 1 to 10000000",
        "tokenly.token.keys, http://keys.example/, none or a path or a URL",
        "tokenly.token.keys, ftp://keys.example/, none or a path or a URL",
        "tokenly.revoked, alice, none or names",
        "tokenly.proxies, proxy.example, none or addresses and blocks",
        "tokenly.open, all, loopback or everywhere",
        "tokenly.hosts, a.example:80, auto or * or host names without ports",
        "tokenly.origins, a.example, own or * or origins",
        "tokenly.status, none, open or admin",
        "tokenly.heartbeat.interval.ms, 49, 50 to 3600000",
        "tokenly.heartbeat.interval.ms, 1e999999999, 50 to 3600000",
    })
    void aValueOutOfRangeIsNamedWithKeyAndRange(String key, String value, String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of(key, value)))
                .withMessageContaining(key + " is " + value)
                .withMessageContaining(range);
    }

    @Test
    void bothEndsOfARangeAreInIt() {
        for (Setting setting : Setting.values()) {
            assertThat(setting.parse(setting.byDefault())).isPresent();
            if (setting.range().contains("such as")) {
                continue; // by an example
            }
            assertThat(Pattern.compile(" to | or ").splitAsStream(setting.range()))
                    .as(setting.key())
                    .allSatisfy(end -> assertThat(setting.parse(end)).isPresent());
        }
    }

    @Test
    void whatIsAutomaticComesOfTheHeapWithinItsRange() {
        Settings small = read(Map.of("tokenly.receive.bytes", "70000"));
        assertThat(small.whole(Setting.CONNECTIONS)).isEqualTo(4096);
        assertThat(small.large(Setting.RECEIVE_BYTES)).isEqualTo(70_000);
        assertThat(small.automatic()).contains("tokenly.connections.max=4096").doesNotContain("receive");
        assertThat(Setting.CONNECTIONS.automatic(1 << 15)).hasValue(BigDecimal.ONE);
        assertThat(Setting.SEND_QUEUES.automatic(120L << 40)).hasValue(BigDecimal.valueOf(1L << 40));
    }

    @Test
    void theStoreKeepsNothingIfItIsToldSo() {
        assertThat(read(Map.of("tokenly.store", "memory")).stores().store()).isInstanceOf(MemoryStore.class);
        assertThat(read(Map.of("tokenly.store.fsync", "always")).stores().store())
                .isInstanceOf(JournalStore.class);
    }

    @Test
    void unknownNamesAreNamedAndAllFaultsAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.read(
                        HEAP,
                        List.of("tokenly.foo", "user.home", "tokenly.sessions.max"),
                        List.of("PATH", "TOKENLY_FOO", "TOKENLY_SESSIONS_MAX"),
                        key -> key.equals("tokenly.sessions.max") ? Optional.of("-1") : Optional.empty()))
                .withMessageContaining("tokenly.foo is no setting")
                .withMessageContaining("TOKENLY_FOO is no setting")
                .withMessageContaining("tokenly.sessions.max is -1, but must be auto or 1 to 10000000");
    }

    @Test
    void theTokenOfAClientInTheSameEnvironmentIsNoSetting() {
        List<String> names = List.of("TOKENLY_TOKEN", "tokenly.token");
        assertThatNoException()
                .isThrownBy(() -> Settings.read(HEAP, names, List.of("TOKENLY_TOKEN"), key -> Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.read(HEAP, names, List.of(), key -> Optional.empty()))
                .withMessageContaining("tokenly.token is no setting");
    }

    @Test
    void valuesThatDoNotFitTogetherAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("tokenly.resume.window.ms", "30999")))
                .withMessageContaining("resume window of 30999 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("tokenly.heartbeat.timeout.ms", "10000")))
                .withMessageContaining("heartbeat timeout of 10000 ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0:3003",
                "[::]:3003",
                ":::3003",
                "192.0.2.1:80",
                "build-host:3003",
                "localhost.evil.example:1"
            })
    void anOpenServerStartsAtAnAddressOfOthersOnlyIfToldSo(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("tokenly.http.address", address)))
                .withMessageContainingAll(
                        "tokenly.http.address is " + address,
                        "tokenly.token.secret.file",
                        "tokenly.token.keys",
                        "tokenly.open=everywhere",
                        "TOKENLY_OPEN=everywhere");
        Settings everywhere = read(Map.of("tokenly.http.address", address, "tokenly.open", "everywhere"));
        assertThat(new DoorSettings(everywhere).openTo()).contains("may join any room (tokenly.open=everywhere)");
        assertThat(new DoorSettings(everywhere).handshakeRules().isLocalOnly()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:0", "127.0.0.1:3003", "[::1]:3003", "::1:3003"})
    void aServerOfItsOwnMachineIsOpenToThatOnly(String address) {
        DoorSettings door = new DoorSettings(read(Map.of("tokenly.http.address", address)));
        assertThat(door.openTo()).isEqualTo("open to this machine only");
        assertThat(door.handshakeRules().isLocalOnly()).isTrue();
    }

    @Test
    void theAdminTokenIsInNoMessage(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "short-secret\n");
        assertRefusedWithoutTheSecret(Map.of("tokenly.admin.token", "short-secret"));
        assertRefusedWithoutTheSecret(Map.of("tokenly.admin.token", "a secret of many words, short-secret"));
        assertRefusedWithoutTheSecret(Map.of("tokenly.admin.token.file", file.toString()));
        Map<String, String> both =
                Map.of("tokenly.admin.token", "not-so-short-secret", "tokenly.admin.token.file", file.toString());
        assertRefusedWithoutTheSecret(both);
        assertThat(read(Map.of("tokenly.admin.token", "not-so-short-secret", "tokenly.sessions.max", "7"))
                        .changed())
                .isEqualTo("tokenly.admin.token=***, tokenly.sessions.max=7");
    }

    private static void assertRefusedWithoutTheSecret(Map<String, String> values) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(values))
                .withMessageContaining("tokenly.admin.token")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("short-secret"));
    }

    @Test
    void theAdminTokenComesFromItsFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "a-secret-of-a-file\n");
        StatusAccess access = new DoorSettings(
                        read(Map.of("tokenly.admin.token.file", file.toString(), "tokenly.status", "admin")))
                .statusAccess(Door.OPEN);
        assertThat(access.isOpen()).isFalse();
        assertThat(access.admins().isAdmin("Bearer a-secret-of-a-file")).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("tokenly.admin.token.file", directory.toString())))
                .withMessageContaining("tokenly.admin.token.file: " + directory + " cannot be used: it cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("tokenly.status", "admin")))
                .withMessageContaining("tokenly.status is admin, but there is no administrator");
    }

    @Test
    void ofTheFileOfTheAdminTokenOneNewlineIsNotOfTheToken(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "a-secret-of-a-file\n\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("tokenly.admin.token.file", file.toString())))
                .withMessageContainingAll(
                        "tokenly.admin.token.file: " + file + " cannot be used: it holds 19 bytes that do not fit",
                        "16 to 4096 ASCII characters without blanks",
                        "openssl rand -hex 32")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("a-secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://keys.example/jwks.json?key=secret, https://keys.example/jwks.json?***",
        "https://keys.example/@team/jwks.json#secret, https://keys.example/@team/jwks.json?***",
        "https://keys.example:8443/jwks.json, https://keys.example:8443/jwks.json",
        "keys#1.json, keys#1.json",
    })
    void aUrlIsLoggedWithoutItsQuery(String keys, String shown) {
        assertThat(read(Map.of("tokenly.token.keys", keys)).changed()).isEqualTo("tokenly.token.keys=" + shown);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@keys.example/, https://***@keys.example/",
        "https://user:secret?/@keys.example/?a=secret, https://***@keys.example/?***",
        "https://secret word@keys.example/, https://***@keys.example/",
        "http://keys.example/?a=secret, http://keys.example/?***",
    })
    void aUrlThatIsRefusedIsNamedWithoutItsSecrets(String keys, String shown) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of("tokenly.token.keys", keys)))
                .withMessageContaining("tokenly.token.keys is " + shown + ", but must be none or a path or a URL")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.2", "[::1]", "keys.localhost"})
    void keysComeByHttpFromThisMachine(String host) {
        assertThatNoException().isThrownBy(() -> read(Map.of("tokenly.token.keys", "http://" + host + ":8080/keys")));
    }

    @Test
    void aSettingThatMayBeNoneIsShownAsNone() {
        assertThat(Setting.TOKEN_SECRET.shown("none")).isEqualTo("none");
        assertThat(Setting.TOKEN_SECRET.shown("x")).isEqualTo("***");
    }

    @Test
    void theDocumentListsEverySettingWithItsDefaultAndRange() throws IOException {
        String document = Files.readString(Path.of("docs", "settings.md"));
        assertThat(Arrays.stream(Setting.values())
                        .map(setting ->
                                "| `%s` | %s | %s |".formatted(setting.key(), setting.byDefault(), setting.range())))
                .allSatisfy(row -> assertThat(document).contains(row));
    }

    private static Settings read(Map<String, String> values) {
        return Settings.read(HEAP, values.keySet(), List.of(), key -> Optional.ofNullable(values.get(key)));
    }
}
