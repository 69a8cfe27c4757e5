package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
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

    /**
     * 1000 too, if rarely: where Payara takes a socket away before the application has said goodbye on it, Tyrus tells the
     * client 1000 in place of 1006, which no frame may hold (RFC 6455, section 7.4.1). Seen once on a busy machine.
     */
    @Override
    Set<Integer> goodbyes() {
        return Set.of(1000, 1001, 1012);
    }
}
