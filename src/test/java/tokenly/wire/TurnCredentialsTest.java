package tokenly.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.session.FakeTimer;
import tokenly.session.SessionId;

/**
 * From 2026-01-01T10:00:00Z on. What is expected comes from
 * {@code printf %s USERNAME | openssl dgst -sha1 -hmac 'a secret shared with coturn' -binary | base64}.
 */
class TurnCredentialsTest {

    private static final byte[] SECRET = "a secret shared with coturn".getBytes(StandardCharsets.US_ASCII);

    private final FakeTimer timer = new FakeTimer();
    private final TurnCredentials credentials = new TurnCredentials(SECRET, Duration.ofHours(1), timer);

    private TurnCredentials.Credential issue(String session) {
        return credentials.issue(new SessionId(session));
    }

    @Test
    void theyAreWhatCoturnComputes() {
        TurnCredentials.Credential credential = issue("b");
        assertThat(credential.username()).isEqualTo("1767265200:b");
        assertThat(credential.password()).isEqualTo("gj3vjlHXKWUQpNwGMYJNzfhdPWI=");
        assertThat(credential.toString()).doesNotContain(credential.password());
    }

    @Test
    void eachIsGoodFromTheMomentItIsMade() {
        timer.advanceMillis(999);
        assertThat(issue("b").username()).isEqualTo("1767265200:b");
        timer.advanceMillis(1);
        assertThat(issue("b").username()).isEqualTo("1767265201:b");
        assertThat(issue("b").password()).isEqualTo("Y/M5vWjKBp3mK8bs9SUwV3YC20I=");
    }

    @ParameterizedTest
    @CsvSource({
        "a b:c.d-e_, 1767265200:a_b_c.d-e_, y3TZq5WMHP8sr1aTT19JjtGxENI=",
        "b\uD83D\uDE00c, 1767265200:b_c, H+0KLwh1i7VPqkdHahi0r/Pe/Uk=",
        "b\u00E9c, 1767265200:b_c, H+0KLwh1i7VPqkdHahi0r/Pe/Uk="
    })
    void aNameKeepsOnlyWhatEveryTurnServerTakes(String session, String username, String password) {
        assertThat(issue(session)).isEqualTo(new TurnCredentials.Credential(username, password));
    }

    @Test
    void aLongNameIsCut() {
        String name = "x".repeat(64);
        assertThat(issue(name + "y"))
                .isEqualTo(issue(name))
                .isEqualTo(new TurnCredentials.Credential("1767265200:" + name, "f1Ndd8nWGoGL/qCgesNkD1UzFHI="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stun:h",
                "stuns:turn.example.org:5349",
                "turn:192.0.2.1:1",
                "turn:[2001:db8::1]:65535?transport=udp",
                "turns:turn_1.example.org.?transport=tcp",
                "stun:a , turn:b"
            })
    void readsUrlsOfServers(String text) {
        assertThat(IceUrls.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "turn",
                "turn:",
                "turn://turn.example.org",
                "turn:user@turn.example.org",
                "turn:h:0",
                "turn:h:65536",
                "turn:h:",
                "turn:h?transport=sctp",
                "turn:h?transport=udp&x=1",
                "stun:h?transport=udp",
                "https://turn.example.org",
                "turn:2001:db8::1",
                "turn:[h]",
                "TURN:h",
                "stun:a,",
                "stun:a,,stun:b",
                "stun:a stun:b",
                "turn:b\u00FCro.example",
                "stun:h\""
            })
    void refusesWhatABrowserWouldRefuse(String text) {
        assertThat(IceUrls.parse(text)).isEmpty();
    }

    @Test
    void turnServersNeedCredentials() {
        IceUrls turn = IceUrls.parse("turn:h").orElseThrow();
        assertThatIllegalArgumentException().isThrownBy(() -> new IceServers(turn, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new IceServers(IceUrls.NONE, credentials));
    }

    @Test
    void namesOnlyWhatThereIs() {
        IceServers turn = new IceServers(IceUrls.parse("turn:h").orElseThrow(), credentials);
        assertThat(turn.frame(new SessionId("b")))
                .isEqualTo("{\"type\":\"ice-servers\",\"session_id\":\"b\",\"ice_servers\":[{\"urls\":[\"turn:h\"],"
                        + "\"username\":\"1767265200:b\",\"credential\":\"gj3vjlHXKWUQpNwGMYJNzfhdPWI=\"}],"
                        + "\"ice_lifetime_ms\":3600000}");
        assertThat(turn.hasStun()).isFalse();
        assertThat(IceServers.NONE.areAny()).isFalse();
    }
}
