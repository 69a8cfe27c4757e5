package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/** The WAR in a Jetty of its own, with jetty-config/ as its JETTY_BASE. */
class JettyStandaloneIT extends ResumableContract {

    @Override
    ServerKind kind() {
        return ServerKind.JETTY;
    }

    @Test
    void aTakenPortEndsTheStart() {
        try (TokenlyServer second = TokenlyServer.onPort(kind(), Map.of(), server().port())) {
            second.launch();
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.log()).contains(":" + server().port(), "in use");
        }
        assertThat(connect().create("somebody", "a-room").get("success")).isEqualTo(true);
    }

    @Test
    void aKilledServerForgetsAndCanBeFilledAgain() {
        try (TokenlyServer mortal = TokenlyServer.of(kind(), Map.of()).start()) {
            RtcPeer peer = RtcPeer.connect(mortal);
            peer.create("somebody", "a-room");
            mortal.kill();
            assertThat(peer.awaitClose().code()).isEqualTo(1006);

            mortal.start();
            assertThat(StatusProbe.of(mortal).activeSessions()).isZero();
            try (RtcPeer back = RtcPeer.connect(mortal)) {
                assertThat(back.create("somebody", "a-room").get("success")).isEqualTo(true);
            }
        }
    }
}
