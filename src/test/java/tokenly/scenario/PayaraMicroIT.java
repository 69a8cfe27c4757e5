package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/** The WAR in Payara Micro. */
class PayaraMicroIT extends ServerContract {

    @Override
    ServerKind kind() {
        return ServerKind.PAYARA;
    }

    /** Payara Micro has no option to end when a deployment fails: it stays, with nothing deployed. */
    @Override
    void assertRefused(TokenlyServer refusing) {
        await().atMost(Duration.ofMinutes(2)).until(() -> refusing.log().contains("ready in"));
        assertThat(StatusProbe.isServed(refusing)).isFalse();
    }
}
