package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tokenly.access.Door;
import tokenly.access.Revocations;
import tokenly.access.TokenKeys;
import tokenly.access.TokenMint;
import tokenly.access.TokenRules;
import tokenly.access.Tokens;
import tokenly.session.FakeTimer;

/** How long a token counts on its connection, to the millisecond, and what another one changes. */
class AuthenticationTest {

    private final FakeTimer timer = new FakeTimer();
    private final Tokens tokens = new Tokens(
            new TokenRules(4_096, Duration.ZERO, null, null),
            TokenMint.SECRET.getBytes(StandardCharsets.UTF_8),
            TokenKeys.at(URI.create("http://127.0.0.1:1/"), never -> {}, timer), // which has not answered yet
            timer);
    private final TestSockets sockets = new TestSockets(timer, new Door(tokens, Revocations.of("jti gone"), false));
    private final FakeSocket socket = new FakeSocket();
    private final Receiver receiver = sockets.receive(socket, "127.0.0.1");

    @BeforeEach
    void aClientThatAnswersPings() {
        for (int second = 5; second < 60; second += 5) {
            timer.after(Duration.ofSeconds(second), () -> receiver.connection().heard());
        }
    }

    private void show(Duration lifetime) {
        show(TokenMint.hs256(TokenMint.claims(timer.instant(), lifetime, ",\"tokenly\":{\"room\":\"r\"}")));
    }

    private void show(String token) {
        receiver.text("{\"type\":\"auth\",\"token\":\"" + token + "\"}", true);
    }

    private void create() {
        receiver.text("{\"type\":\"create-peer\",\"session_id\":\"alice\",\"room_id\":\"r\"}", true);
        assertThat(last()).contains("\"success\":true");
    }

    private String last() {
        return socket.sent.get(socket.sent.size() - 1);
    }

    @Test
    void isToldAheadAndEndsWithTheToken() {
        show(Duration.ofSeconds(12));
        assertThat(last()).isEqualTo("{\"type\":\"authenticated\",\"sub\":\"alice\",\"expires_in_ms\":12000}");
        timer.advanceMillis(7_999);
        assertThat(last()).contains("authenticated");
        timer.advanceMillis(1);
        assertThat(last()).isEqualTo("{\"type\":\"token-expiring\",\"expires_in_ms\":4000}");
        timer.advanceMillis(3_999);
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(4001);
    }

    @Test
    void goesOnWithANewToken() {
        show(Duration.ofSeconds(12));
        create();
        timer.advanceMillis(9_000);
        show(Duration.ofSeconds(30));
        timer.advanceMillis(20_000);
        assertThat(last()).isEqualTo("{\"type\":\"token-expiring\",\"expires_in_ms\":10000}");
        timer.advanceMillis(9_999);
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(4001);
        assertThat(sockets.switchboard.status().activeSessions()).isEqualTo(1);
    }

    @Test
    void keepsItsOldTokenWhileTheKeyOfTheNewOneIsFetched() {
        show(Duration.ofSeconds(30));
        show(TokenMint.ofUnknownKey(TokenMint.claims(timer.instant(), Duration.ofSeconds(60), "")));
        assertThat(last()).contains("authenticated");
        timer.advanceMillis(1_000);
        assertThat(last()).isEqualTo("{\"type\":\"token-expiring\",\"expires_in_ms\":29000}");
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(29_000);
        assertThat(socket.closeCodes).containsExactly(4001);
    }

    @Test
    void isToComeAgainWhileTheKeyOfItsFirstTokenIsFetched() {
        show(TokenMint.ofUnknownKey(TokenMint.claims(timer.instant(), Duration.ofSeconds(60), "")));
        assertThat(socket.closeCodes).containsExactly(1013);
    }

    @Test
    void endsItsSessionsAtOnceIfTheNewTokenIsRevoked() {
        show(Duration.ofSeconds(30));
        create();
        show(TokenMint.hs256(TokenMint.claims(timer.instant(), Duration.ofSeconds(60), ",\"jti\":\"gone\"")));
        assertThat(socket.closeCodes).containsExactly(4003);
        assertThat(sockets.switchboard.status().activeSessions()).isZero();
    }

    @Test
    void mayHaveATokenForThousandsOfYears() {
        show(Duration.ofDays(2_000_000));
        assertThat(last()).contains("authenticated");
        timer.advanceMillis(50_000);
        assertThat(socket.closeCodes).isEmpty();
    }

    @Test
    void isNotLookedAtAnyMoreOnceItIsTurnedAway() {
        receiver.text("{\"type\":\"create-peer\",\"session_id\":\"alice\",\"room_id\":\"r\"}", true);
        show(Duration.ofSeconds(30));
        assertThat(socket.closeCodes).containsExactly(4003);
        assertThat(socket.sent).singleElement().asString().contains("unauthorized");
    }
}
