package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/** The WAR in Payara Micro. */
class PayaraMicroIT extends DoorContract {

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
    Set<Integer> stopCodes() {
        return Set.of(1000, 1001, 1012);
    }

    private final List<RtcPeer> resumable = new ArrayList<>();

    @Override
    void prepareForStop() {
        for (int i = 0; i < 10; i++) {
            resumable.add(connectResumable());
        }
    }

    /** The container leaves the goodbye to the application (docs/decisions/0009). */
    @Override
    void checkAfterStop() {
        Set<String> reasons = new HashSet<>();
        for (RtcPeer peer : resumable) {
            JsonDocument drain = peer.await("drain");
            RtcPeer.Closed closed = peer.awaitClose();
            assertThat(closed).isEqualTo(new RtcPeer.Closed(1012, "retry_after_ms=" + drain.get("retry_after_ms")));
            reasons.add(closed.reason());
        }
        assertThat(reasons).as("each has a time of its own").hasSizeGreaterThan(1);
    }
}
