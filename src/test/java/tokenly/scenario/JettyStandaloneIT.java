package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/** The WAR in a Jetty of its own, with jetty-config/ as its JETTY_BASE. */
class JettyStandaloneIT extends DoorContract {

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
    void aKilledServerKnowsItsSessionsAgain() {
        try (TokenlyServer mortal = TokenlyServer.of(kind(), Map.of()).start()) {
            kill(mortal);
            assertThat(StatusProbe.of(mortal).activeSessions()).isEqualTo(1);
            assertThat(StatusProbe.of(mortal).state()).isEqualTo("reconnecting");
            createAgain(mortal);
        }
    }

    @Test
    void aKilledServerWithoutFilesForgetsAndCanBeFilledAgain() {
        try (TokenlyServer mortal =
                TokenlyServer.of(kind(), Map.of("TOKENLY_STORE", "memory")).start()) {
            kill(mortal);
            assertThat(StatusProbe.of(mortal).activeSessions()).isZero();
            createAgain(mortal);
        }
    }

    private static void kill(TokenlyServer mortal) {
        RtcPeer peer = RtcPeer.connect(mortal);
        peer.create("somebody", "a-room");
        mortal.kill();
        assertThat(peer.awaitClose().code()).isEqualTo(1006);
        mortal.start();
    }

    private static void createAgain(TokenlyServer mortal) {
        try (RtcPeer back = RtcPeer.connect(mortal)) {
            assertThat(back.create("somebody", "a-room").get("success")).isEqualTo(true);
        }
    }

    @Test
    void aStoreThatAnotherServerUsesEndsTheStart(@TempDir Path directory) {
        Map<String, String> settings = Map.of("TOKENLY_STORE_DIR", directory.toString());
        try (TokenlyServer first = TokenlyServer.of(kind(), settings).start();
                TokenlyServer second = TokenlyServer.of(kind(), settings)) {
            second.launch();
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.log()).contains("another server uses the store in " + directory);
            assertThat(first.isRunning()).isTrue();
        }
    }
}
