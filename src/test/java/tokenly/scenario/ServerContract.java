package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.socket.RtcEndpoint;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/**
 * What PROTOCOL.md promises, on any server. One server serves all tests of a class; each test has rooms and sessions of its
 * own and leaves none behind. The first test needs a server that nobody has met, the last one stops it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ServerContract {

    /** Largest frame from a client, in bytes (PROTOCOL.md, "Framing"). */
    private static final int MAX_FRAME = 65_536;

    /** For a busy machine; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Fast, but with the proportions of the defaults: 1 s is 0.1 s here. Not so the probe: who is alive must answer it on a busy machine, too. */
    private static final Map<String, String> SETTINGS = Map.of(
            "TOKENLY_RECONNECT_INITIAL_DELAY_MS", "100",
            "TOKENLY_RESUME_WINDOW_MS", "3200",
            "TOKENLY_GOING_AWAY_GRACE_MS", "500",
            "TOKENLY_HEARTBEAT_INTERVAL_MS", "500",
            "TOKENLY_HEARTBEAT_TIMEOUT_MS", "5000",
            "TOKENLY_PROBE_TIMEOUT_MS", "2000");

    private final List<RtcPeer> peers = new ArrayList<>();
    private TokenlyServer server;
    private int number;
    private String room = "";
    private String alice = "";
    private String bob = "";

    abstract ServerKind kind();

    @BeforeAll
    void startServer() {
        server = TokenlyServer.of(kind(), SETTINGS).start();
        await().atMost(Duration.ofMinutes(2)).until(this::takesConnections); // Payara serves /status before /rtc
        awaitStatus(status -> !status.state().equals("connected"));
    }

    private boolean takesConnections() {
        try (RawRtc trial = RawRtc.connect(server)) {
            trial.frame(RawRtc.CLOSE, new byte[] {0x03, (byte) 0xe8}); // 1000
            return trial.readCloseCode().isPresent();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @BeforeEach
    void nameTheActors() {
        number++;
        room = "room-" + number;
        alice = "alice-" + number;
        bob = "bob-" + number;
    }

    @AfterEach
    void leaveNobodyBehind() {
        peers.forEach(RtcPeer::close);
        peers.clear();
        if (server.isRunning()) {
            await().atMost(LIMIT).until(() -> status().activeSessions() == 0);
        }
    }

    @Test
    @Order(1)
    void statusTellsAWholeOutage() {
        StatusProbe before = status();
        assertThat(before.contentType()).startsWith("application/json");
        assertThat(before.json().fields().keySet())
                .containsExactly(
                        "state",
                        "active_sessions",
                        "reconnect_attempts",
                        "max_attempts",
                        "next_delay_seconds",
                        "last_attempt");
        assertThat(before.state()).isEqualTo("disconnected");
        assertThat(before.activeSessions()).isZero();
        assertThat(before.reconnectAttempts()).isZero();
        assertThat(before.maxAttempts()).isEqualTo(5);
        assertThat(before.nextDelaySeconds()).isEqualByComparingTo("0.1");
        assertThat(before.lastAttempt()).isEmpty();

        RtcPeer first = join(alice);
        StatusProbe connected = status();
        assertThat(connected.state()).isEqualTo("connected");
        assertThat(connected.activeSessions()).isEqualTo(1);
        assertThat(connected.lastAttempt()).isEmpty();

        Instant lost = Instant.now();
        first.abort();
        List<Integer> attempts = new ArrayList<>();
        StatusProbe late = awaitStatus(status -> {
            attempts.add(status.reconnectAttempts());
            return status.reconnectAttempts() >= 3;
        });
        assertThat(attempts).isSorted();
        assertThat(late.state()).isEqualTo("reconnecting");
        assertThat(late.activeSessions()).isEqualTo(1);
        assertThat(late.nextDelaySeconds())
                .isEqualByComparingTo(
                        new BigDecimal("0.1").multiply(BigDecimal.valueOf(1L << late.reconnectAttempts())));
        assertThat(late.lastAttempt().orElseThrow()).isBetween(lost, Instant.now());

        RtcPeer second = join(alice);
        StatusProbe back = status();
        assertThat(back.state()).isEqualTo("connected");
        assertThat(back.activeSessions()).isEqualTo(1);
        assertThat(back.reconnectAttempts()).isZero();
        assertThat(back.lastAttempt().orElseThrow())
                .isAfterOrEqualTo(late.lastAttempt().orElseThrow());

        second.abort();
        awaitStatus(status -> status.state().equals("reconnecting"));
        StatusProbe gone = awaitStatus(status -> !status.state().equals("reconnecting"));
        assertThat(gone.state()).isEqualTo("failed");
        assertThat(gone.activeSessions()).isZero();
        assertThat(gone.reconnectAttempts()).isZero();

        join(alice);
        assertThat(status().state()).isEqualTo("connected");
    }

    @Test
    void createPeerIsAnsweredWithTheOthersInTheRoom() {
        JsonDocument first = connect().create(alice, room);
        assertThat(first.get("success")).isEqualTo(true);
        assertThat(first.get("room_id")).isEqualTo(room);
        assertThat(first.get("peers")).isEqualTo(List.of());

        RtcPeer second = connect();
        assertThat(second.create(bob, room).get("peers")).isEqualTo(List.of(alice));
        assertThat(second.create(bob, room).get("peers")).as("asked again").isEqualTo(List.of(alice));
        assertThat(status().activeSessions()).isEqualTo(2);
    }

    @Test
    void theRoomIsToldWhoComesAndGoes() {
        RtcPeer watcher = join(alice);
        RtcPeer peer = join(bob);
        assertThat(watcher.next().text()).isEqualTo(about("peer-joined", bob));

        peer.abort();
        assertThat(watcher.next().text()).isEqualTo(about("peer-away", bob));

        peer = join(bob);
        assertThat(watcher.next().text()).isEqualTo(about("peer-back", bob));

        peer.destroy(bob);
        assertThat(watcher.next().text()).isEqualTo(left(bob, "left"));

        peer.create(bob, room);
        assertThat(watcher.next().text()).isEqualTo(about("peer-joined", bob));
        peer.close(1000);
        assertThat(watcher.next().text()).isEqualTo(left(bob, "left"));

        peer = join(bob);
        assertThat(watcher.next().text()).isEqualTo(about("peer-joined", bob));
        peer.abort();
        assertThat(watcher.next().text()).isEqualTo(about("peer-away", bob));
        assertThat(watcher.next().text()).isEqualTo(left(bob, "expired"));
    }

    @Test
    void aPeerThatGoesAwayLeavesAfterTheGrace() {
        RtcPeer watcher = join(alice);
        RtcPeer peer = join(bob);
        watcher.await("peer-joined");
        peer.close(1001);
        assertThat(watcher.next().text()).isEqualTo(about("peer-away", bob));
        assertThat(watcher.next().text()).isEqualTo(left(bob, "left"));
    }

    @Test
    void whoeverJoinsIsToldWhoIsAway() {
        join(alice).abort();
        awaitStatus(status -> status.state().equals("reconnecting"));
        RtcPeer late = connect();
        assertThat(late.create(bob, room).get("peers")).isEqualTo(List.of(alice));
        assertThat(late.next().text())
                .isEqualTo("{\"type\":\"peer-away\",\"session_id\":\"" + bob + "\",\"peer\":\"" + alice + "\"}");
        late.send(message(bob, alice, "\"text\":\"hello\""));
        JsonDocument undeliverable = late.next();
        assertThat(undeliverable.type()).isEqualTo("undeliverable");
        assertThat(undeliverable.get("to")).isEqualTo(alice);
        assertThat(undeliverable.get("reason")).isEqualTo("away");
    }

    @Test
    void aSessionThatWaitsMayMoveToAnotherRoom() {
        RtcPeer watcher = join(alice);
        join(bob).abort();
        watcher.await("peer-away");
        RtcPeer moved = connect();
        assertThat(moved.create(bob, room + "-other").get("success")).isEqualTo(true);
        assertThat(watcher.next().text()).isEqualTo(left(bob, "moved"));
    }

    @Test
    void aSessionOfALiveConnectionIsNotGivenAway() {
        RtcPeer holder = join(bob);
        RtcPeer watcher = join(alice);
        JsonDocument refused = connect().create(bob, room);
        assertThat(refused.get("success")).isEqualTo(false);
        assertThat(refused.get("error"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("code", "session-in-use");
        assertReaches(holder, bob, watcher, alice);
    }

    @Test
    void aSessionOfAConnectionThatHangsIsGivenToWhoComesBack() throws IOException {
        RtcPeer watcher = join(alice);
        try (RawRtc hanging = RawRtc.connect(server)) {
            hanging.text(createPeer(bob, room));
            watcher.await("peer-joined");
            RtcPeer back = connect();
            assertThat(back.create(bob, room).get("success")).isEqualTo(true);
            assertThat(watcher.next().text()).isEqualTo(about("peer-away", bob));
            assertThat(watcher.next().text()).isEqualTo(about("peer-back", bob));
            assertReaches(watcher, alice, back, bob);
        }
    }

    @Test
    void compressesNothing() throws IOException {
        try (RawRtc raw = RawRtc.connect(server)) {
            assertThat(raw.answer()).doesNotContainIgnoringCase("extensions");
            raw.text("{\"type\":\"ping\",\"id\":1}");
            assertThat(raw.read().orElseThrow().text()).contains("pong");
        }
    }

    @Test
    void aConnectionThatNeverAnswersAPingIsClosed() throws IOException {
        RtcPeer watcher = join(alice);
        try (RawRtc silent = RawRtc.connect(server)) {
            silent.text(createPeer(bob, room));
            assertThat(watcher.next().text()).isEqualTo(about("peer-joined", bob));
            assertThat(silent.readCloseCode()).contains(4008);
            assertThat(watcher.next().text()).isEqualTo(about("peer-away", bob));
        }
    }

    @Test
    void aSignalWithoutToReachesAllOthers() {
        RtcPeer sender = join(alice);
        RtcPeer one = join(bob);
        RtcPeer two = join("carol-" + number);
        for (String type : List.of("offer", "answer", "ice-candidate", "message")) {
            sender.send("{\"type\":\"" + type + "\",\"session_id\":\"" + alice + "\",\"sdp\":\"v=0\"}");
            assertThat(one.await(type).text())
                    .isEqualTo("{\"type\":\"" + type + "\",\"session_id\":\"" + bob + "\",\"from\":\"" + alice
                            + "\",\"sdp\":\"v=0\"}");
            assertThat(two.await(type).get("session_id")).isEqualTo("carol-" + number);
        }
        assertThat(sender.seen()).noneMatch(frame -> frame.get("from") != null);
    }

    @Test
    void aSignalWithToReachesThatPeerOnly() {
        RtcPeer sender = join(alice);
        RtcPeer addressee = join(bob);
        RtcPeer other = join("carol-" + number);
        sender.send(message(alice, bob, "\"n\":1")).send(message(alice, "carol-" + number, "\"n\":2"));
        assertThat(addressee.await("message").get("n")).isEqualTo(BigDecimal.ONE);
        assertThat(other.await("message").get("n")).isEqualTo(BigDecimal.valueOf(2));
        assertReaches(sender, alice, addressee, bob);
    }

    @Test
    void aSignalToNobodyInTheRoomIsUndeliverable() {
        join(bob);
        RtcPeer sender = connect();
        sender.create(alice, room + "-other");
        for (String nobody : List.of(bob, alice, "nobody")) {
            sender.send(message(alice, nobody, "\"n\":1"));
            JsonDocument undeliverable = sender.next();
            assertThat(undeliverable.type()).isEqualTo("undeliverable");
            assertThat(undeliverable.get("session_id")).isEqualTo(alice);
            assertThat(undeliverable.get("to")).isEqualTo(nobody);
            assertThat(undeliverable.get("reason")).isEqualTo("unknown-peer");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":1.0",
                "\"n\":[1e1000000000,-0.0,12345678901234567890,1E+2,0.10]",
                "\"text\":\"\\u00e9 é \\ud800 \\/ \\u0000 \uD83D\uDE00 \\uD83D\\uDE00\"",
                "\"z\":1,\"a\":2,\"m\":{\"z\":1,\"a\":2}",
                "\"nested\":{ \"a\" : [ 1 ,\t2 ] , \"b\" : { } , \"a b\":null }",
                "\"twice\":{\"below\":1,\"below\":2}",
                "\"\\u00e9\":true,\"\":false,\"__proto__\":{\"polluted\":true},\"constructor\":[[[[[]]]]]",
                "\"success\":true,\"peer\":\"x\",\"error\":{},\"room_id\":7"
            })
    void whatTheServerDoesNotKnowArrivesToTheByte(String opaque) {
        RtcPeer sender = join(alice);
        RtcPeer addressee = join(bob);
        sender.send(message(alice, bob, opaque));
        assertThat(addressee.next().text())
                .isEqualTo("{\"type\":\"message\",\"session_id\":\"" + bob + "\",\"from\":\"" + alice + "\",\"to\":\""
                        + bob + "\"," + opaque + "}");
    }

    @Test
    void aFrameInPartsIsOneFrame() {
        RtcPeer sender = join(alice);
        RtcPeer addressee = join(bob);
        String whole = message(alice, bob, "\"text\":\"h\u00e9llo\"");
        sender.sendInParts(whole.substring(0, 7), "", whole.substring(7, 40), whole.substring(40));
        assertThat(addressee.next().get("text")).isEqualTo("h\u00e9llo");
    }

    @Test
    void pingIsAnsweredWithItsId() {
        RtcPeer peer = connect();
        for (String id : List.of("1.0", "\"a\\u00e9\"", "null", "{\"a\":[1e1000000000]}")) {
            peer.send("{\"type\":\"ping\",\"id\":" + id + "}");
            assertThat(peer.next().text()).isEqualTo("{\"type\":\"pong\",\"id\":" + id + "}");
        }
        peer.send("{\"type\":\"ping\"}");
        assertThat(peer.next().text()).isEqualTo("{\"type\":\"pong\"}");
    }

    @Test
    void manySessionsShareOneConnection() {
        int sessions = 1_000;
        int perRoom = 10;
        RtcPeer gateway = connect();
        for (int i = 0; i < sessions; i++) {
            gateway.send(createPeer(member(i), room + "-" + i / perRoom));
        }
        for (int i = 0; i < sessions; i++) {
            JsonDocument created = gateway.await("peer-created");
            assertThat(created.get("success")).as(created.text()).isEqualTo(true);
        }
        assertThat(status().activeSessions()).isEqualTo(sessions);

        for (int i = 0; i < sessions; i += perRoom) {
            gateway.send("{\"type\":\"message\",\"session_id\":\"" + member(i) + "\",\"n\":" + i + "}");
        }
        List<String> reached = new ArrayList<>();
        while (reached.size() < sessions / perRoom * (perRoom - 1)) {
            reached.add(String.valueOf(gateway.await("message").get("session_id")));
        }
        assertThat(reached).doesNotHaveDuplicates();
        gateway.close();
        awaitStatus(status -> status.activeSessions() == 0);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource
    void aBadFrameIsAnsweredAndChangesNothing(String frame, String code) {
        RtcPeer sender = join(alice);
        RtcPeer other = join(bob);
        sender.await("peer-joined");
        sender.send(frame.replace("SENDER", alice).replace("OTHER", bob).replace("ROOM", room));
        assertError(sender.next(), code);
        assertReaches(sender, alice, other, bob);
        assertReaches(other, bob, sender, alice);
        assertThat(status().activeSessions()).isEqualTo(2);
    }

    static List<Arguments> aBadFrameIsAnsweredAndChangesNothing() {
        return BadFrames.all();
    }

    @Test
    void aBinaryFrameIsAnsweredAndChangesNothing() {
        RtcPeer sender = join(alice);
        RtcPeer other = join(bob);
        sender.await("peer-joined");
        sender.sendBinary(createPeer("carol", room).getBytes(StandardCharsets.UTF_8));
        assertError(sender.next(), "bad-frame");
        assertReaches(sender, alice, other, bob);
    }

    @Test
    void nestingWithinTheFrameLimitIsAnError() {
        RtcPeer sender = join(alice);
        RtcPeer other = join(bob);
        sender.await("peer-joined");
        for (int levels : List.of(128, 30_000)) {
            sender.send(message(alice, bob, "\"deep\":" + "[".repeat(levels) + "]".repeat(levels)));
            assertError(sender.next(), "bad-json");
            sender.send("{\"deep\":".repeat(levels / 5)); // never closed
            assertError(sender.next(), "bad-json");
        }
        sender.send(message(alice, bob, "\"deep\":" + "[".repeat(127) + "]".repeat(127)));
        assertThat(other.next().type()).isEqualTo("message");
    }

    @Test
    void theLargestFrameArrives() {
        RtcPeer sender = join(alice);
        RtcPeer other = join(bob);
        for (String filling : List.of("x", "\u00e9", "\u20ac", "\uD83D\uDE00", "\\n")) {
            sender.send(messageOfSize(MAX_FRAME, filling));
            JsonDocument arrived = other.await("message");
            assertThat(arrived.get("size")).as(filling).isEqualTo(new BigDecimal(MAX_FRAME));
        }
    }

    @Test
    void aFrameOverTheLimitClosesItsConnectionOnly() {
        RtcPeer other = join(bob);
        List<String> frames = List.of(
                messageOfSize(MAX_FRAME + 1, "x"),
                messageOfSize(MAX_FRAME + 1, "\u00e9"),
                "[".repeat(100_000),
                message(alice, bob, "\"deep\":" + "[".repeat(50_000) + "]".repeat(50_000)),
                "x".repeat(1_000_000));
        for (String frame : frames) {
            RtcPeer sender = join(alice);
            other.await(news -> news.isA("peer-joined") || news.isA("peer-back"));
            sendAndExpectClose(sender, frame);
            // Where the server closes before it has read all, TCP's reset may overtake its close frame.
            assertThat(sender.awaitClose().code()).isIn(1009, 1006);
            assertThat(other.next().text())
                    .isEqualTo("{\"type\":\"peer-away\",\"session_id\":\"" + bob + "\",\"peer\":\"" + alice + "\"}");
        }
        RtcPeer back = join(alice);
        other.await("peer-back");
        assertReaches(back, alice, other, bob);
    }

    @Test
    void partsOverTheLimitCloseTheirConnectionOnly() throws IOException {
        RtcPeer other = join(bob);
        try (RawRtc raw = RawRtc.connect(server)) {
            byte[] part = "x".repeat(MAX_FRAME / 2).getBytes(StandardCharsets.US_ASCII);
            raw.frame(0x01, part);
            raw.frame(0x00, part);
            raw.frame(0x80, part);
            assertThat(raw.readCloseCode()).contains(1009);
        }
        assertAlone(other, bob);
    }

    @Test
    void textThatIsNotUtf8ClosesItsConnectionOnly() throws IOException {
        RtcPeer other = join(bob);
        List<byte[]> notUtf8 = List.of(
                new byte[] {'{', '"', (byte) 0xff, '"', '}'},
                new byte[] {(byte) 0xc0, (byte) 0x80}, // overlong
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // a surrogate
                new byte[] {'"', (byte) 0xe2, (byte) 0x82}); // cut short
        for (byte[] bytes : notUtf8) {
            try (RawRtc raw = RawRtc.connect(server)) {
                raw.frame(RawRtc.TEXT, bytes);
                assertThat(raw.readCloseCode()).contains(1007);
            }
        }
        assertAlone(other, bob);
    }

    /** Text, binary, two unknown opcodes, a continuation of nothing, a reserved bit, a ping. */
    @ParameterizedTest
    @ValueSource(ints = {RawRtc.TEXT, 0x82, 0x83, 0x8b, 0x80, 0xc1, 0x89})
    void aFrameThatClaimsAGigabyteClosesItsConnectionOnly(int firstByte) throws IOException {
        RtcPeer other = join(bob);
        for (long length : List.of(1L << 30, Integer.MAX_VALUE + 1L, Long.MAX_VALUE, -1L)) {
            try (RawRtc raw = RawRtc.connect(server)) {
                raw.head(firstByte, length);
                writeMuchTo(raw);
                assertThat(raw.readCloseCode().orElse(1006)).isIn(1002, 1006, 1007, 1009, 1011);
            }
        }
        assertAlone(other, bob);
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }

    /** More than any server buffers: Tyrus (Payara) gives up after 4 MiB. It may close before it has taken all. */
    private static void writeMuchTo(RawRtc raw) {
        try {
            raw.write(new byte[5 << 20]);
        } catch (IOException closedMeanwhile) {
            assertThat(closedMeanwhile).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfAFrameHarmsNobody() throws IOException {
        RtcPeer other = join(bob);
        try (RawRtc raw = RawRtc.connect(server)) {
            raw.text(createPeer(alice, room));
            other.await("peer-joined");
            raw.head(RawRtc.TEXT, 1_000);
            raw.write(new byte[10]);
        }
        assertThat(other.next().type()).isEqualTo("peer-away");
        RtcPeer back = join(alice);
        assertThat(other.next().type()).isEqualTo("peer-back");
        assertReaches(back, alice, other, bob);
    }

    @Test
    void connectionsThatAreGoneLeaveNothingInMemory() {
        for (int i = 0; i < 20; i++) {
            join(member(i));
        }
        assertThat(Heap.instances(server, RtcEndpoint.class)).isGreaterThanOrEqualTo(20);
        for (int i = 0; i < 20; i++) {
            if (i % 2 == 0) {
                peers.get(i).close();
            } else {
                peers.get(i).abort();
            }
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Heap.instances(server, RtcEndpoint.class))
                        .as("but for one that a server may keep in hand")
                        .isLessThanOrEqualTo(1));
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void badSettingsStopTheStart() {
        Map<String, String> bad = Map.of("TOKENLY_FOO", "1", "TOKENLY_RECONNECT_MAX_ATTEMPTS", "0");
        try (TokenlyServer refusing = TokenlyServer.of(kind(), bad)) {
            refusing.launch();
            assertRefused(refusing);
            assertThat(refusing.log())
                    .contains("TOKENLY_FOO", "tokenly.reconnect.max.attempts is 0, but must be 1 to 100");
        }
    }

    /** That this server, on settings it cannot take, gives up. */
    void assertRefused(TokenlyServer refusing) {
        assertThat(refusing.awaitEnd()).isNotZero();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aStopTellsEveryOpenConnection() {
        for (int i = 0; i < 50; i++) {
            join(member(i));
        }
        connect().send("{\"type\":\"ping\"}").await("pong"); // and never created a session
        prepareForStop();
        server.stop();
        assertThat(peers)
                .extracting(RtcPeer::awaitClose)
                .allMatch(closed -> stopCodes().contains(closed.code()));
        assertThat(server.isRunning()).isFalse();
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
        checkAfterStop();
    }

    /** For what a server does beyond this. */
    void prepareForStop() {}

    void checkAfterStop() {}

    /** The close codes with which this server stops. */
    Set<Integer> stopCodes() {
        return Set.of(1001, 1012);
    }

    TokenlyServer server() {
        return server;
    }

    RtcPeer connect() {
        return leaving(RtcPeer.connect(server));
    }

    /** {@code peer}, which leaves at the end of the test. */
    RtcPeer leaving(RtcPeer peer) {
        peers.add(peer);
        return peer;
    }

    /** A name that no other test has. */
    String named(String name) {
        return name + "-" + number;
    }

    /** Connects and creates {@code session} in the room of this test. */
    RtcPeer join(String session) {
        RtcPeer peer = connect();
        JsonDocument created = peer.create(session, room);
        assertThat(created.get("success")).as(created.text()).isEqualTo(true);
        return peer;
    }

    StatusProbe status() {
        return StatusProbe.of(server);
    }

    private StatusProbe awaitStatus(Predicate<StatusProbe> matches) {
        return await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(this::status, matches);
    }

    /** That the very next thing {@code to} hears is what {@code from} says to it now: nothing came before. */
    private void assertReaches(RtcPeer from, String fromId, RtcPeer to, String toId) {
        String mark = "mark-" + System.nanoTime();
        from.send(message(fromId, toId, "\"mark\":\"" + mark + "\""));
        assertThat(to.next().get("mark")).as("%s", to).isEqualTo(mark);
    }

    /** That nothing happened in the room of {@code peer}, and that its connection works. */
    private void assertAlone(RtcPeer peer, String id) {
        peer.send(message(id, "nobody", "\"n\":1"));
        assertThat(peer.next().type()).isEqualTo("undeliverable");
        assertThat(status().activeSessions()).isEqualTo(1);
    }

    private static void assertError(JsonDocument answer, String code) {
        assertThat(answer.type()).as(answer.text()).isEqualTo("error");
        assertThat(answer.get("code")).as(answer.text()).isEqualTo(code);
        assertThat(answer.get("message")).isInstanceOf(String.class);
    }

    /** The server may close before it has read all, and then the sending fails. */
    private static void sendAndExpectClose(RtcPeer peer, String frame) {
        try {
            peer.send(frame);
        } catch (CompletionException closedMeanwhile) {
            assertThat(closedMeanwhile).hasRootCauseInstanceOf(IOException.class);
        }
    }

    private String member(int i) {
        return "member-" + number + "-" + i;
    }

    /** What alice is told about {@code peer}. */
    private String about(String type, String peer) {
        return "{\"type\":\"" + type + "\",\"session_id\":\"" + alice + "\",\"peer\":\"" + peer + "\"}";
    }

    private String left(String peer, String reason) {
        return "{\"type\":\"peer-left\",\"session_id\":\"" + alice + "\",\"peer\":\"" + peer + "\",\"reason\":\""
                + reason + "\"}";
    }

    private static String createPeer(String session, String room) {
        return "{\"type\":\"create-peer\",\"session_id\":\"" + session + "\",\"room_id\":\"" + room + "\"}";
    }

    private static String message(String from, String to, String opaque) {
        return "{\"type\":\"message\",\"session_id\":\"" + from + "\",\"to\":\"" + to + "\"," + opaque + "}";
    }

    /** From alice to bob, of {@code size} bytes in UTF-8, filled up with {@code filling} and, where that does not fit, x. */
    private String messageOfSize(int size, String filling) {
        String empty = message(alice, bob, "\"size\":" + size + ",\"text\":\"\"");
        int room = size - utf8Length(empty);
        int fillings = room / utf8Length(filling);
        String text = filling.repeat(fillings) + "x".repeat(room - fillings * utf8Length(filling));
        String frame = message(alice, bob, "\"size\":" + size + ",\"text\":\"" + text + "\"");
        assertThat(utf8Length(frame)).isEqualTo(size);
        return frame;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
