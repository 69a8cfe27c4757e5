package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tokenly.tool.Polling;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;

/** Losses of which no close frame tells. Sooner than by default, but those who are alive have seconds to say so on a busy machine. */
class LossIT {

    private static final Map<String, String> SETTINGS = Map.of(
            "TOKENLY_HEARTBEAT_INTERVAL_MS", "1000",
            "TOKENLY_HEARTBEAT_TIMEOUT_MS", "8000",
            "TOKENLY_SEND_TIMEOUT_MS", "8000",
            "TOKENLY_PROBE_TIMEOUT_MS", "3000",
            "TOKENLY_GATEWAYS", "127.0.0.0/8"); // it sends bursts beyond the rate of a client

    /** First byte of a whole pong frame (RFC 6455, section 5.5.3). */
    private static final int PONG = 0x8a;

    /** First byte of a whole ping frame (section 5.5.2). */
    private static final int PING = 0x89;

    private static final TokenlyServer SERVER = TokenlyServer.of(ServerKind.JETTY, SETTINGS);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void aConnectionThatGoesSilentIsFoundAndItsSessionWaits() throws IOException {
        try (RtcPeer other = RtcPeer.connect(SERVER);
                RawRtc silent = RawRtc.connect(SERVER)) {
            other.create("other", "silence");
            silent.text(create("silent", "silence")); // it answers no ping, as a half-open or stopped peer

            other.await(frame -> frame.isA("peer-joined"));
            other.await(frame -> frame.isA("peer-away"));

            assertThat(silent.readCloseCode()).contains(4008);
            try (RtcPeer again = RtcPeer.connect(SERVER)) {
                again.create("silent", "silence");
                other.await("peer-back");
            }
        }
    }

    @Test
    void aPeerThatIsBackDoesNotWaitForItsSilentConnectionToBeMissed() throws IOException {
        try (RawRtc halfOpen = RawRtc.connect(SERVER);
                RtcPeer again = RtcPeer.connect(SERVER)) {
            halfOpen.text(create("contested", "probe"));
            halfOpen.read();

            assertThat(again.create("contested", "probe").get("success")).isEqualTo(true);

            assertThat(halfOpen.readCloseCode()).contains(4008);
        }
    }

    @Test
    void aSessionOfALiveConnectionIsNotGivenAway() {
        try (RtcPeer holder = RtcPeer.connect(SERVER);
                RtcPeer stranger = RtcPeer.connect(SERVER)) {
            holder.create("held", "probe");

            assertThat(stranger.create("held", "probe").text()).contains("\"code\":\"session-in-use\"");

            holder.send("{\"type\":\"ping\"}");
            holder.await("pong");
        }
    }

    @Test
    void aReaderThatReadsNothingIsClosedAndNobodyElseIsSlowed() throws IOException {
        String burst = "x".repeat(60_000);
        try (RtcPeer sender = RtcPeer.connect(SERVER);
                RtcPeer third = RtcPeer.connect(SERVER);
                RawRtc slow = RawRtc.connect(SERVER)) {
            sender.create("sender", "slow");
            third.create("third", "slow");
            slow.text(create("slow", "slow"));
            sender.await(frame -> frame.isA("peer-joined") && "slow".equals(frame.get("peer")));

            int sent = 0;
            while (sender.seen().stream().noneMatch(frame -> frame.isA("undeliverable")) && sent < 2_000) {
                sender.send("{\"type\":\"message\",\"session_id\":\"sender\",\"to\":\"slow\",\"x\":\"" + burst + "\"}");
                sender.send("{\"type\":\"message\",\"session_id\":\"sender\",\"to\":\"third\",\"n\":" + sent + "}");
                int number = sent++;
                third.await(frame -> frame.isA("message") && frame.text().contains("\"n\":" + number + "}"));
            }

            sender.await("peer-away");
            assertThat(third.seen())
                    .as("the others are told, and have all that was sent to them")
                    .anyMatch(frame -> frame.isA("peer-away"));
            assertThat(slow.readCloseCode()).contains(4012);
        }
    }

    @Test
    void aClientThatPingsAndReadsNothingStopsNobody() throws Exception {
        try (RtcPeer sender = RtcPeer.connect(SERVER);
                RtcPeer third = RtcPeer.connect(SERVER);
                RawRtc pinging = RawRtc.connect(SERVER, "tokenly.v1.batched")) {
            sender.create("pinged", "pings");
            third.create("third", "pings");
            pinging.text("{\"type\":\"create-peer\",\"session_id\":\"pinging\",\"room_id\":\"pings\",\"resume_key\":\""
                    + "k".repeat(43) + "\",\"instance\":\"i\",\"attempt\":1}");
            sender.await(frame -> frame.isA("peer-joined") && "pinging".equals(frame.get("peer")));
            AtomicLong pings = new AtomicLong();
            Thread pinger = new Thread(() -> pingUntilCut(pinging, pings), "pinger");
            pinger.start();

            assertThat(Polling.until(Duration.ofSeconds(30), new Standstill(pings)))
                    .as("no pong finds a way out, and so no ping")
                    .isTrue();

            int n = 0;
            for (boolean isAway = false; !isAway; n++) {
                sender.send("{\"type\":\"message\",\"session_id\":\"pinged\",\"n\":" + n + "}");
                String number = String.valueOf(n);
                isAway = third.await(frame -> frame.isA("peer-away") || number.equals(String.valueOf(frame.get("n"))))
                        .isA("peer-away");
            }
            assertThat(n)
                    .as("signals to the third before the pinging one is lost")
                    .isGreaterThan(100);
            pinger.join();
        }
    }

    /** Whether a count has stopped to grow: it was the same at many looks in a row. */
    private static final class Standstill implements BooleanSupplier {

        private static final int LOOKS = 20;

        private final AtomicLong count;
        private long last;
        private int looks;

        Standstill(AtomicLong count) {
            this.count = count;
        }

        @Override
        public boolean getAsBoolean() {
            looks = count.get() == last ? looks + 1 : 0;
            last = count.get();
            return last > 0 && looks >= LOOKS;
        }
    }

    private static void pingUntilCut(RawRtc raw, AtomicLong pings) {
        byte[] payload = new byte[125]; // the longest, so that the pongs soon find no way out
        try {
            while (true) {
                raw.frame(PING, payload);
                pings.incrementAndGet();
            }
        } catch (IOException cut) {
            // as it has to end
        }
    }

    @Test
    void aLostConnectionIsCutThoughItsClientReadsNothingAndKeepsTalking() throws IOException {
        byte[] nothing = {};
        try (RtcPeer sender = RtcPeer.connect(SERVER);
                RawRtc stubborn = RawRtc.connect(SERVER)) {
            sender.create("talker", "stubborn");
            stubborn.text(create("stubborn", "stubborn"));
            sender.await(frame -> frame.isA("peer-joined"));
            String frame = "{\"type\":\"message\",\"session_id\":\"talker\",\"to\":\"stubborn\",\"x\":\""
                    + "x".repeat(60_000) + "\"}";
            for (int i = 0; sender.seen().stream().noneMatch(seen -> seen.isA("peer-away")) && i < 2_000; i++) {
                sender.send(frame);
                stubborn.frame(PONG, nothing);
            }
            sender.await("peer-away");

            assertThat(Polling.until(Duration.ofSeconds(30), () -> isCut(stubborn)))
                    .as("it writes into a connection that the server has cut")
                    .isTrue();
        }
    }

    private static boolean isCut(RawRtc raw) {
        try {
            raw.frame(PONG, new byte[0]);
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static String create(String session, String room) {
        return "{\"type\":\"create-peer\",\"session_id\":\"" + session + "\",\"room_id\":\"" + room + "\"}";
    }
}
