package tokenly.tool.load.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final String ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: %s\r\n";

    private static Handshake handshake(String subprotocol) {
        return new Handshake(URI.create("ws://a:1/rtc"), new SplittableRandom(1), subprotocol);
    }

    private static String request(Handshake handshake) {
        return StandardCharsets.US_ASCII.decode(handshake.request()).toString();
    }

    @Test
    void theRequestIsAHeadThatEndsOnce() {
        for (String subprotocol : new String[] {"", "tokenly.v1"}) {
            assertThat(request(handshake(subprotocol)))
                    .startsWith("GET /rtc HTTP/1.1\r\nHost: a:1\r\n")
                    .endsWith("\r\n\r\n")
                    .containsOnlyOnce("\r\n\r\n");
        }
    }

    @Test
    void aSubprotocolIsAskedForAndInsistedOn() {
        Handshake handshake = handshake("tokenly.v1");
        assertThat(request(handshake)).contains("\r\nSec-WebSocket-Protocol: tokenly.v1\r\n");
        String accepted = accepted(handshake);
        assertThat(handshake.refusal(accepted + "sec-websocket-protocol: tokenly.v1\r\n\r\n"))
                .isEmpty();
        assertThat(handshake.refusal(accepted + "\r\n")).hasValue(CloseOutcome.BAD_FRAME);
        assertThat(handshake.refusal(accepted + "Sec-WebSocket-Protocol: other\r\n\r\n"))
                .hasValue(CloseOutcome.BAD_FRAME);
    }

    @Test
    void withoutASubprotocolNoneIsTaken() {
        Handshake handshake = handshake("");
        assertThat(request(handshake)).doesNotContain("Sec-WebSocket-Protocol");
        String accepted = accepted(handshake);
        assertThat(handshake.refusal(accepted + "\r\n")).isEmpty();
        assertThat(handshake.refusal(accepted + "Sec-WebSocket-Protocol: tokenly.v1\r\n\r\n"))
                .hasValue(CloseOutcome.BAD_FRAME);
    }

    /** The head of a server's answer, up to what is about subprotocols (RFC 6455, section 4.2.2). */
    private static String accepted(Handshake handshake) {
        String key = request(handshake).replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
        return ACCEPTED.formatted(Accept.of(key));
    }
}
