package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tokenly.session.FakeTimer;
import tokenly.wire.IceServers;
import tokenly.wire.IceUrls;
import tokenly.wire.TurnCredentials;

/** PROTOCOL.md, "ICE servers": who gets fresh ones, and when. From 2026-01-01T10:00:00Z on. */
class IceServersRequestTest {

    private static final String CREATE =
            "{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":\"r\",\"resume_key\":\"" + "k".repeat(42)
                    + "A\",\"instance\":\"i\",\"attempt\":1}";
    private static final String ASK = "{\"type\":\"ice-servers\",\"session_id\":\"a\"}";
    private static final String UNKNOWN_SESSION =
            "{\"type\":\"error\",\"session_id\":\"a\",\"code\":\"unknown-session\","
                    + "\"message\":\"this connection holds no such session; create-peer first\"}";

    private final FakeTimer timer = new FakeTimer();
    private final FakeSocket socket = new FakeSocket();
    private TestSockets sockets = new TestSockets(timer, turn());

    private IceServers turn() {
        return new IceServers(
                IceUrls.parse("turn:h").orElseThrow(),
                new TurnCredentials(
                        "a secret shared with coturn".getBytes(StandardCharsets.US_ASCII), Duration.ofHours(1), timer));
    }

    private Receiver resumable(FakeSocket on) {
        on.subprotocol = "tokenly.v1";
        return sockets.receive(on, "203.0.113.7");
    }

    private static String last(FakeSocket on) {
        return on.sent.get(on.sent.size() - 1);
    }

    @Test
    void aClientGetsThemWithItsSessionAndFreshOnesWhenItAsks() {
        Receiver receiver = resumable(socket);
        assertThat(last(socket)).contains("\"features\":[\"leave\",\"incarnations\",\"auth\",\"ice-servers\"]");
        receiver.text(CREATE, true);
        assertThat(last(socket)).contains("\"success\":true", "\"username\":\"1767265200:a\"");
        timer.advanceMillis(5_000);
        receiver.text(ASK, true);
        assertThat(last(socket))
                .startsWith("{\"type\":\"ice-servers\",\"session_id\":\"a\",\"ice_servers\":[{\"urls\":[\"turn:h\"],"
                        + "\"username\":\"1767265205:a\",\"credential\":\"")
                .endsWith("\"}],\"ice_lifetime_ms\":3600000}");
    }

    @Test
    void onlyTheConnectionThatHoldsTheSessionGetsThem() {
        Receiver early = resumable(socket);
        early.text(ASK, true);
        assertThat(last(socket)).isEqualTo(UNKNOWN_SESSION);
        early.text(CREATE, true);
        FakeSocket other = new FakeSocket();
        resumable(other).text(ASK, true);
        assertThat(last(other)).isEqualTo(UNKNOWN_SESSION);
        early.text("{\"type\":\"destroy-peer\",\"session_id\":\"a\"}", true);
        early.text(ASK, true);
        assertThat(last(socket)).isEqualTo(UNKNOWN_SESSION);
    }

    @Test
    void aServerWithoutAnyDoesNotKnowTheFrame() {
        sockets = new TestSockets(timer, IceServers.NONE);
        Receiver receiver = resumable(socket);
        assertThat(last(socket)).contains("\"features\":[\"leave\",\"incarnations\",\"auth\"]");
        receiver.text(CREATE, true);
        assertThat(last(socket)).contains("\"success\":true").doesNotContain("ice");
        receiver.text(ASK, true);
        assertThat(last(socket)).contains("\"code\":\"unknown-type\"", "\"session_id\":\"a\"");
    }

    @Test
    void toAskDrawsFromTheRate() {
        Receiver receiver = resumable(socket);
        receiver.text(CREATE, true);
        for (int i = 0; i < 79; i++) {
            receiver.text(ASK, true);
        }
        assertThat(socket.closeCodes).isEmpty();
        receiver.text(ASK, true);
        assertThat(socket.closeCodes).containsExactly(4013);
    }
}
