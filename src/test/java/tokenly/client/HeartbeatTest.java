package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a connection is alive: PROTOCOL.md, "Loss and heartbeat". The timeout is 20 s, the interval 10 s. */
class HeartbeatTest {

    private static final String PING = "{\"type\":\"ping\"}";

    private final Scene scene = new Scene();

    private void sending(long sent, int underWay) {
        scene.link().progress = new Transport.Progress(sent, underWay);
    }

    @Test
    void aFrameThatIsUnderWayIsGivenItsTimeAtTheSlowestRate() {
        scene.welcome();
        sending(0, 24_000); // 10 s of a link of 2,400 bytes a second
        scene.timer.advanceMillis(29_999);
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(scene.link().sent()).as("a ping would wait behind it").isEmpty();
        scene.timer.advanceMillis(1);
        assertThat(scene.client.state()).isEqualTo(ClientState.WAITING);
    }

    @Test
    void aSlowLinkThatMovesIsAliveThoughNothingIsHeard() {
        scene.welcome();
        sending(0, 48_000);
        for (int frame = 1; frame <= 20; frame++) { // one every 19 s
            scene.timer.advanceMillis(19_000);
            sending(frame * 48_000L, 48_000);
        }
        assertThat(scene.transport.links).hasSize(1);
        scene.timer.advanceMillis(60_000);
        assertThat(scene.transport.links).as("and then it stands still").hasSizeGreaterThan(1);
    }

    @Test
    void whatTheSystemTakesAtOnceProvesNothing() {
        scene.welcome();
        for (int second = 1; second < 20; second++) {
            scene.timer.advanceMillis(1_000);
            sending(second * 100L, 0);
        }
        scene.timer.advanceMillis(1_000);
        assertThat(scene.client.state()).isEqualTo(ClientState.WAITING);
    }

    @Test
    void aChangeOfTheNetworkProbesAnOpenConnection() {
        scene.welcome();
        scene.client.networkChanged();
        scene.client.networkChanged();
        assertThat(scene.link().sent()).containsExactly(PING);
        scene.timer.advanceMillis(1_999);
        scene.link().listener.heard();
        scene.timer.advanceMillis(7_000);
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);

        scene.client.networkChanged();
        scene.timer.advanceMillis(1_999);
        assertThat(scene.link().isAborted).isFalse();
        scene.timer.advanceMillis(1);
        assertThat(scene.link().isAborted).isTrue();
        assertThat(scene.told).endsWith("lost 1 1006", "WAITING", "try 1 in 1000");
    }

    @Test
    void aProbeWaitsForWhatIsUnderWay() {
        scene.welcome();
        sending(0, 2_400);
        scene.client.networkChanged();
        scene.timer.advanceMillis(2_999);
        assertThat(scene.link().isAborted).isFalse();
        scene.timer.advanceMillis(1);
        assertThat(scene.link().isAborted).isTrue();
    }

    @Test
    void aChangeOfTheNetworkStartsAnAttemptAtOnce() {
        scene.link().listener.closed(1006, "refused");
        scene.client.networkChanged();
        assertThat(scene.transport.links).hasSize(2);
        scene.client.networkChanged();
        assertThat(scene.transport.links).as("one is under way").hasSize(2);
        scene.link().listener.closed(1006, "refused");
        assertThat(scene.told).last().asString().startsWith("try 1 ");
    }

    @Test
    void aChangeOfTheNetworkBeginsAnAttemptAnewThatHasHadTwoSeconds() {
        Scene poor = new Scene(Scene.OPTIONS.withMaxAttempts(1));
        poor.timer.advanceMillis(500);
        poor.client.networkChanged();
        poor.client.networkChanged();
        poor.timer.advanceMillis(1_499);
        assertThat(poor.transport.links).hasSize(1);
        poor.timer.advanceMillis(1);
        assertThat(poor.transport.links).hasSize(2);
        assertThat(poor.transport.links.get(0).isAborted).isTrue();

        poor.timer.advanceMillis(5_000);
        poor.client.networkChanged();
        poor.timer.advanceMillis(0);
        assertThat(poor.transport.links).hasSize(3);

        poor.client.networkChanged();
        poor.welcome();
        poor.timer.advanceMillis(9_000);
        assertThat(poor.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void aChangeOfTheNetworkStartsAnAttemptAlsoAfterGivingUp() {
        Scene poor = new Scene(Scene.OPTIONS.withMaxAttempts(1));
        poor.link().listener.closed(1006, "refused");
        poor.timer.advanceMillis(1_000);
        poor.link().listener.closed(1006, "refused");
        assertThat(poor.client.state()).isEqualTo(ClientState.GAVE_UP);
        poor.client.networkChanged();
        assertThat(poor.client.state()).isEqualTo(ClientState.CONNECTING);
    }

    @Test
    void aClientWithoutASessionThatRestsIsNotWokenByTheNetwork() {
        scene.welcome();
        scene.link().listener.closed(1008, "unused");
        scene.client.networkChanged();
        assertThat(scene.client.state()).isEqualTo(ClientState.RESTING);
    }
}
