package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.JsonDocument;

/** What PROTOCOL.md promises to resumable clients, on any server. */
abstract class ResumableContract extends ServerContract {

    private static final String V1 = "tokenly.v1";
    private static final String V1_BATCHED = "tokenly.v1.batched";

    /** 256 bits, which need not be random here. */
    private static final String KEY = "k".repeat(43);

    @Test
    void aResumableClientIsWelcomedWithTheTermsOfTheServer() {
        RtcPeer peer = leaving(RtcPeer.connect(server(), V1));
        JsonDocument welcome = peer.next();
        assertThat(peer.subprotocol()).isEqualTo(V1);
        assertThat(welcome.type()).isEqualTo("welcome");
        assertThat(welcome.get("resume_window_ms")).isEqualTo(BigDecimal.valueOf(3_200));
        assertThat(welcome.get("heartbeat"))
                .isEqualTo(Map.of("interval_ms", BigDecimal.valueOf(500), "timeout_ms", BigDecimal.valueOf(5_000)));
    }

    @Test
    void whoeverAsksForAnotherSubprotocolIsAPlainClient() {
        RtcPeer peer = leaving(RtcPeer.connect(server(), "graphql-ws"));
        assertThat(peer.subprotocol()).isEmpty();
        assertThat(peer.create(named("alice"), named("room")).get("epoch")).isNull();
    }

    @Test
    void nothingIsLostDoubledOrOutOfOrderOverAHundredCuts() {
        Resumable alice = new Resumable("alice");
        Resumable bob = new Resumable("bob");
        alice.create();
        bob.create();
        alice.peer.await("peer-joined");
        long sent = 0;
        long received = 0;
        for (int cut = 0; cut < 100; cut++) {
            alice.send(++sent);
            if (cut % 3 == 0) {
                received = bob.expect(received + 1, sent);
            }
            bob.peer.abort();
            alice.send(++sent);
            JsonDocument resumed = bob.resume(received, 0);
            assertThat(resumed.get("outcome")).as(resumed.text()).isEqualTo("resumed");
            received = bob.expectSignals(received, sent);
        }
        assertThat(sent).isEqualTo(200);
        JsonDocument ack =
                alice.peer.await(frame -> frame.isA("ack") && frame.text().contains(":200"));
        assertThat(ack.get("received")).isEqualTo(Map.of(named("alice"), BigDecimal.valueOf(200)));
    }

    @Test
    void whatWaitsComesInAFewFramesForWhoeverTakesThat() {
        Resumable alice = new Resumable("alice");
        Resumable bob = new Resumable("bob");
        alice.create();
        bob.create();
        bob.peer.abort();
        for (long n = 1; n <= 100; n++) {
            alice.send(n);
        }
        alice.peer.await(frame -> frame.isA("ack") && frame.text().contains(":100"));

        bob.resume(0, 0);
        bob.peer.await(frame -> "100".equals(String.valueOf(frame.get("n"))));
        assertThat(bob.peer.frames()).as("one each").isGreaterThan(100);

        bob.subprotocol = V1_BATCHED;
        bob.resume(0, 0);
        bob.expectSignals(0, 100);
        assertThat(bob.peer.frames()).isLessThan(20);
    }

    @Test
    void whoeverPrefersSeveralMessagesInOneFrameGetsThem() {
        RtcPeer peer = leaving(RtcPeer.connect(server(), V1_BATCHED, V1));
        assertThat(peer.subprotocol()).isEqualTo(V1_BATCHED);
        assertThat(peer.next().type()).isEqualTo("welcome");
    }

    @Test
    void theNewestConnectionWinsAndTheOldOneIsToldSo() {
        Resumable alice = new Resumable("alice");
        alice.create();
        RtcPeer old = alice.peer;
        assertThat(alice.resume(0, 0).get("outcome")).isEqualTo("resumed");
        assertThat(old.awaitClose()).isEqualTo(new RtcPeer.Closed(4009, "you have come back on a newer connection"));
    }

    @Test
    void anotherInstanceTakesOverAndTheOldOneIsToldSo() {
        Resumable alice = new Resumable("alice");
        alice.create();
        RtcPeer old = alice.peer;
        alice.instance = "copy";
        JsonDocument answer = alice.resume(0, 0);
        assertThat(List.of(answer.text().contains("reset"), answer.text().contains("new-instance")))
                .containsOnly(true);
        assertThat(old.await("taken-over").isFor(named("alice"))).isTrue();
        assertThat(old.awaitClose().code()).isEqualTo(4010);
    }

    @Test
    void withoutTheKeyNobodyGetsASession() {
        Resumable alice = new Resumable("alice");
        alice.create();
        RtcPeer thief = connect();
        assertThat(thief.create(named("alice"), named("room")).text()).contains("session-in-use");
        Resumable other = new Resumable("alice");
        other.key = "x".repeat(43);
        other.epoch = alice.epoch;
        assertThat(other.resume(0, 0).text()).contains("gone", "unknown-session");
        alice.send(1);
        assertThat(alice.peer.await("ack").text()).contains(":1");
    }

    @Test
    void aCloseAloneEndsNoSessionOfAResumableClient() {
        RtcPeer watcher = watcher();
        Resumable alice = new Resumable("alice");
        alice.create();
        watcher.await("peer-joined");
        alice.peer.close(1000); // as a proxy does when the network of the client is gone
        assertThat(watcher.next().type()).isEqualTo("peer-away");
        assertThat(alice.resume(0, 0).get("outcome")).isEqualTo("resumed");
        assertThat(watcher.next().type()).isEqualTo("peer-back");
    }

    @Test
    void toLeaveEndsAllSessionsOfAConnection() {
        RtcPeer watcher = watcher();
        Resumable alice = new Resumable("alice");
        alice.create();
        watcher.await("peer-joined");
        alice.peer.leave();
        assertThat(alice.peer.await("peer-destroyed").isFor(named("alice"))).isTrue();
        assertThat(watcher.await("peer-left").get("reason")).isEqualTo("left");
    }

    @Test
    void aProxyMayDropTheHeaderOfTheSubprotocol() {
        RtcPeer peer = leaving(RtcPeer.connectWithQuery(server(), "token=t&protocol=" + V1_BATCHED));
        assertThat(peer.subprotocol()).isEmpty();
        assertThat(peer.next().type()).isEqualTo("welcome");
    }

    @Test
    void aSignalIsForTheOwnerOfANameAndNotForTheNext() {
        Resumable alice = new Resumable("alice");
        Resumable bob = new Resumable("bob");
        alice.create();
        bob.create();
        Object first = alice.peer.await("peer-joined").get("incarnation");
        bob.peer.leave();
        alice.peer.await("peer-left");
        Resumable stranger = new Resumable("bob");
        stranger.key = "s".repeat(43);
        stranger.create();
        assertThat(alice.peer.await("peer-joined").get("incarnation")).isNotEqualTo(first);

        alice.peer.send("{\"type\":\"offer\",\"session_id\":\"" + named("alice") + "\",\"to\":\"" + named("bob")
                + "\",\"to_incarnation\":\"" + first + "\",\"seq\":1}");

        JsonDocument undeliverable = alice.peer.await("undeliverable");
        assertThat(undeliverable.get("reason")).isEqualTo("replaced");
        assertThat(undeliverable.get("seqs")).isEqualTo(List.of(BigDecimal.ONE));
    }

    @Test
    void aReaderOnASlowLinkIsAliveAsLongAsItReads() throws IOException {
        try (RawRtc slow = RawRtc.connect(server(), InetAddress.getLoopbackAddress(), 4_096, V1)) {
            Resumable alice = new Resumable("alice");
            alice.create();
            slow.text(create("slow", "room", "slow", 1, KEY));
            alice.peer.await("peer-joined");
            slow.slowDown(20_000); // 8 s for all, more than the heartbeat's timeout, and pongs come late behind them
            for (int n = 1; n <= 8; n++) {
                alice.send(n, ",\"x\":\"" + "x".repeat(20_000) + "\"");
            }
            int messages = 0;
            while (messages < 8) {
                RawRtc.Frame frame = slow.read().orElseThrow(() -> new AssertionError("it was called lost"));
                if (frame.firstByte() == RawRtc.PING) {
                    slow.frame(RawRtc.PONG, frame.payload().array());
                } else if (frame.text().contains("\"message\"")) {
                    messages++;
                }
            }
            assertThat(alice.peer.toString()).doesNotContain("peer-away");
        }
    }

    @Test
    void aSessionThatNeverWasIsGone() {
        Resumable nobody = new Resumable("nobody");
        nobody.epoch = "e";
        assertThat(nobody.resume(0, 0).text()).contains("gone", "unknown-session");
    }

    @Test
    void everyBadFrameIsAnsweredAndChangesNothing() throws IOException {
        Resumable alice = new Resumable("alice");
        alice.create();
        List<String> lines = Files.readAllLines(Path.of("src/test/vectors/bad-client-frames.json"));
        for (String line : lines.subList(1, lines.size() - 1)) {
            String frame = line.substring(line.indexOf("\"frame\": ") + 9, line.lastIndexOf(", \"code\""));
            String code = line.substring(line.lastIndexOf(": \"") + 3, line.lastIndexOf("\"}"));
            alice.peer.send(frame);
            assertThat(alice.peer.next().get("code")).as(frame).isEqualTo(code);
        }
        alice.send(1);
        assertThat(alice.peer.await("ack").text()).contains(":1");
    }

    @Test
    void aGatewayResumesAllItsSessionsInOneFrame() {
        int count = 300;
        RtcPeer gateway = connectResumable();
        IntStream.range(0, count).forEach(i -> gateway.send(create("s" + i, "room" + i / 2, "i", 1, KEY)));
        StringBuilder resume =
                new StringBuilder("{\"type\":\"resume\",\"instance\":\"i\",\"attempt\":2,\"sessions\":[");
        for (int i = 0; i < count; i++) {
            JsonDocument created = gateway.await("peer-created");
            assertThat(created.get("success")).as(created.text()).isEqualTo(true);
            resume.append(i == 0 ? "" : ",").append(position("s" + i, KEY, String.valueOf(created.get("epoch")), 0, 0));
        }
        RtcPeer again = connectResumable(); // before the loss: the window is short, and this machine may be busy
        gateway.abort();
        again.send(resume.append("]}").toString());
        for (int i = 0; i < count; i++) {
            JsonDocument resumed = again.await("resumed");
            assertThat(resumed.get("outcome")).as(resumed.text()).isEqualTo("resumed");
        }
        assertThat(status().activeSessions()).isEqualTo(count);
    }

    private RtcPeer watcher() {
        RtcPeer watcher = connect();
        watcher.create(named("watcher"), named("room"));
        return watcher;
    }

    RtcPeer connectResumable() {
        return connectResumable(V1);
    }

    private RtcPeer connectResumable(String subprotocol) {
        RtcPeer peer = leaving(RtcPeer.connect(server(), subprotocol));
        assertThat(peer.next().type()).as("the first frame").isEqualTo("welcome");
        return peer;
    }

    private String create(String session, String room, String instance, int attempt, String key) {
        return "{\"type\":\"create-peer\",\"session_id\":\"" + named(session) + "\",\"room_id\":\"" + named(room)
                + "\",\"resume_key\":\"" + key + "\",\"instance\":\"" + instance + "\",\"attempt\":" + attempt + "}";
    }

    private String position(String session, String key, String epoch, long received, long sent) {
        return "{\"session_id\":\"" + named(session) + "\",\"resume_key\":\"" + key + "\",\"epoch\":\"" + epoch
                + "\",\"received\":" + received + ",\"sent\":" + sent + "}";
    }

    /** A resumable client of one session, which keeps nothing in mind but its key, epoch and attempt. */
    private final class Resumable {

        private final String name;
        private String instance = "original";
        private String key = KEY;
        private String epoch = "";
        private int attempt = 1;
        private String subprotocol = V1;
        private RtcPeer peer = connectResumable();

        Resumable(String name) {
            this.name = name;
        }

        void create() {
            peer.send(ResumableContract.this.create(name, "room", instance, attempt, key));
            JsonDocument created = peer.await("peer-created");
            assertThat(created.get("success")).as(created.text()).isEqualTo(true);
            epoch = String.valueOf(created.get("epoch"));
        }

        void send(long seq) {
            send(seq, "");
        }

        void send(long seq, String more) {
            peer.send("{\"type\":\"message\",\"session_id\":\"" + named(name) + "\",\"seq\":" + seq + ",\"n\":" + seq
                    + more + "}");
        }

        /** Connects anew and resumes; returns the answer, which is the first frame about the session. */
        JsonDocument resume(long received, long sent) {
            peer = connectResumable(subprotocol);
            attempt++;
            peer.send("{\"type\":\"resume\",\"instance\":\"" + instance + "\",\"attempt\":" + attempt
                    + ",\"sessions\":[" + position(name, key, epoch, received, sent) + "]}");
            JsonDocument answer = peer.next();
            assertThat(answer.type()).as(answer.text()).isEqualTo("resumed");
            return answer;
        }

        /** Awaits mailbox number {@code first} to {@code last}, and returns that. */
        long expect(long first, long last) {
            for (long seq = first; seq <= last; seq++) {
                assertThat(peer.next().get("seq")).isEqualTo(BigDecimal.valueOf(seq));
            }
            return last;
        }

        /** Awaits all up to the signal {@code n}, without a gap; returns its mailbox number, and acknowledges it. */
        long expectSignals(long received, long n) {
            long seq = received;
            JsonDocument frame;
            do {
                frame = peer.next();
                assertThat(frame.get("seq")).as(frame.text()).isEqualTo(BigDecimal.valueOf(++seq));
            } while (!String.valueOf(n).equals(String.valueOf(frame.get("n"))));
            peer.send("{\"type\":\"ack\",\"received\":{\"" + named(name) + "\":" + seq + "}}");
            return seq;
        }
    }
}
