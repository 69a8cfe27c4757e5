package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;

/** Tokenly as the README starts it. */
class JettyRunIT extends DoorContract {

    @Override
    ServerKind kind() {
        return ServerKind.JETTY_RUN;
    }

    @Test
    void aTakenPortEndsTheStartAndSaysHowToChooseAnother() {
        try (TokenlyServer second = TokenlyServer.onPort(kind(), Map.of(), server().port())) {
            second.launch();
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.log())
                    .contains("Port " + server().port()
                            + " is taken by another program. Choose another: mvn jetty:run -Djetty.http.port=");
        }
        assertThat(connect().create("somebody", "a-room").get("success")).isEqualTo(true);
    }
}
