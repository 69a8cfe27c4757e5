package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tokenly.access.LimitHit;
import tokenly.access.PlaceLimits;

/** Ten frames and 20,000 bytes a second for each connection, 40 and 80,000 at once; ten connections. */
class ReceiverTest {

    private static final String PING = "{\"type\":\"ping\"}";
    private static final String CREATE = "{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":\"r\"}";
    private static final String CREATE_V1 =
            "{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":\"r\",\"resume_key\":\"" + "k".repeat(42)
                    + "A\",\"instance\":\"i\",\"attempt\":1}";
    private static final String SIGNAL = "{\"type\":\"message\",\"session_id\":\"a\"}";

    private final TestSockets sockets = new TestSockets(TestSockets.LIMITS, new PlaceLimits(10, 10, 100, 10, 20_000));
    private final FakeSocket socket = new FakeSocket();

    private Receiver plain() {
        return sockets.receive(socket, "203.0.113.7");
    }

    private Receiver resumable() {
        socket.subprotocol = "tokenly.v1";
        Receiver receiver = plain();
        receiver.text(CREATE_V1, true);
        assertThat(socket.sent).last().asString().contains("\"success\":true");
        return receiver;
    }

    private static String signal(int seq) {
        return "{\"type\":\"message\",\"session_id\":\"a\",\"seq\":" + seq + "}";
    }

    private static void ping(Receiver receiver, int times) {
        for (int i = 0; i < times; i++) {
            receiver.text(PING, true);
        }
    }

    private String lastSent() {
        return socket.sent.get(socket.sent.size() - 1);
    }

    @Test
    void signalsBeyondTheRateAreRefusedEachWithTheTimeToWait() {
        Receiver receiver = plain();
        receiver.text(CREATE, true);
        ping(receiver, 38);
        receiver.text(SIGNAL, true);
        assertThat(lastSent()).as("the fortieth is taken").contains("pong");
        receiver.text(SIGNAL, true);
        receiver.text(SIGNAL, true);
        assertThat(socket.sent.subList(socket.sent.size() - 2, socket.sent.size()))
                .containsExactly(
                        "{\"type\":\"error\",\"session_id\":\"a\",\"code\":\"rate-limited\",\"message\":\"this connection sends too"
                                + " fast; send this again after retry_after_ms\",\"retry_after_ms\":2100}",
                        "{\"type\":\"error\",\"session_id\":\"a\",\"code\":\"rate-limited\",\"message\":\"this connection sends too"
                                + " fast; send this again after retry_after_ms\",\"retry_after_ms\":2200}");
        assertThat(sockets.limitHits.count(LimitHit.RATE_LIMITED)).isEqualTo(2);

        receiver.text(PING, true);
        assertThat(lastSent()).as("other frames are taken").contains("pong");
        sockets.timer.advanceMillis(400);
        int before = socket.sent.size();
        receiver.text(SIGNAL, true);
        assertThat(socket.sent).as("there is room").hasSize(before);
    }

    @Test
    void aResumableSessionIsToldAgainOnlyOnceItCanHaveWaited() {
        Receiver receiver = resumable();
        ping(receiver, 39);
        receiver.text(signal(1), true);
        assertThat(lastSent()).contains("rate-limited").contains("\"retry_after_ms\":2100");
        int before = socket.sent.size();
        receiver.text(signal(2), true);
        sockets.timer.advanceMillis(1_049);
        receiver.text(signal(3), true);
        assertThat(socket.sent).as("it knows").hasSize(before);
        ping(receiver, 12);
        sockets.timer.advanceMillis(1);
        receiver.text(signal(1), true);
        assertThat(lastSent()).as("else it might wait for ever").contains("rate-limited");
    }

    @Test
    void aResumableSessionGoesOnAfterItHasWaited() {
        Receiver receiver = resumable();
        ping(receiver, 39);
        receiver.text(signal(1), true);
        sockets.timer.advanceMillis(2_100);
        for (int seq = 1; seq <= 20; seq++) {
            receiver.text(signal(seq), true);
        }
        sockets.timer.advanceMillis(20);
        assertThat(lastSent()).isEqualTo("{\"type\":\"ack\",\"received\":{\"a\":20}}");
    }

    @Test
    void oneSessionThatIsToldDoesNotSilenceAnother() {
        Receiver receiver = resumable();
        ping(receiver, 40);
        receiver.text(signal(1), true);
        receiver.text("{\"type\":\"message\",\"session_id\":\"b\",\"seq\":1}", true);
        assertThat(lastSent()).contains("\"session_id\":\"b\"").contains("rate-limited");
    }

    @Test
    void createPeerBeyondTheRateIsRefusedAndMayBeSentAgain() {
        Receiver receiver = plain();
        ping(receiver, 40);
        receiver.text(CREATE, true);
        assertThat(lastSent())
                .startsWith(
                        "{\"type\":\"peer-created\",\"session_id\":\"a\",\"success\":false,\"error\":{\"code\":\"rate-limited\"")
                .endsWith("\"retry_after_ms\":2100}}");
        sockets.timer.advanceMillis(2_100);
        receiver.text(CREATE, true);
        assertThat(lastSent()).contains("\"success\":true");
    }

    @Test
    void whoGoesOnIsClosedAndToldWhenToComeBack() {
        Receiver receiver = plain();
        ping(receiver, 80);
        assertThat(socket.closeCodes).isEmpty();
        receiver.text("not JSON", true);
        receiver.text("not JSON", true);
        assertThat(socket.closeCodes).containsExactly(4013);
        assertThat(socket.closeReasons).containsExactly("retry_after_ms=6100");
        assertThat(sockets.limitHits.count(LimitHit.RATE_CLOSED)).isEqualTo(1);
        assertThat(sockets.places.open()).isZero();
    }

    @Test
    void pongsBinaryFramesAndTheSessionsOfAResumeCountAsFrames() {
        Receiver receiver = resumable();
        IntStream.range(0, 19).forEach(i -> receiver.pong(ByteBuffer.allocate(0)));
        IntStream.range(0, 20).forEach(i -> receiver.binary(ByteBuffer.allocate(1), true));
        String item = "{\"session_id\":\"x\",\"resume_key\":\"" + "k".repeat(42)
                + "A\",\"epoch\":\"e\",\"received\":0,\"sent\":0}";
        receiver.text(
                "{\"type\":\"resume\",\"instance\":\"i\",\"attempt\":2,\"sessions\":["
                        + String.join(",", List.of(item, item)) + "]}",
                true);
        receiver.text(signal(1), true);
        assertThat(lastSent()).contains("\"retry_after_ms\":2300");
    }

    @Test
    void bytesCountToo() {
        Receiver receiver = plain();
        receiver.text(" ".repeat(60_000), true);
        receiver.text(" ".repeat(60_000), true);
        assertThat(socket.closeCodes).isEmpty();
        receiver.text(" ".repeat(60_000), true);
        assertThat(socket.closeCodes).containsExactly(4013);
    }

    @Test
    void partsAreOneMessageAndTheSmallestAreNotTheCheapest() {
        Receiver receiver = plain();
        receiver.text("{\"type\":", false);
        receiver.text("\"pi", false);
        receiver.text("ng\"}", true);
        assertThat(socket.sent).containsExactly("{\"type\":\"pong\"}");
        for (int i = 0; i < 700; i++) {
            receiver.text(" ", false);
        }
        assertThat(socket.closeCodes).containsExactly(4013);
    }

    @Test
    void aMessageMayHaveSoManyBytesAndNoMoreHoweverItComes() {
        Receiver receiver = plain();
        receiver.text("방".repeat(20_000), false);
        receiver.text(" ".repeat(5_536), true);
        assertThat(lastSent()).contains("bad-json");
        assertThat(socket.closeCodes).isEmpty();

        sockets.timer.advanceMillis(8_000);
        receiver.text("방".repeat(20_000), false);
        receiver.text(" ".repeat(5_537), false);
        assertThat(socket.closeCodes).containsExactly(1009);

        FakeSocket other = new FakeSocket();
        sockets.receive(other, "203.0.113.7").text(" ".repeat(65_537), true);
        assertThat(other.closeCodes).containsExactly(1009);
    }

    @Test
    void aMessageThatDoesNotEndInTimeEndsItsConnection() {
        Receiver receiver = plain();
        receiver.text("{", false);
        sockets.timer.advanceMillis(9_999);
        receiver.text(" ", false);
        assertThat(socket.closeCodes).isEmpty();
        sockets.timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(1013);
        assertThat(sockets.limitHits.count(LimitHit.HALF_MESSAGE_LATE)).isEqualTo(1);
        receiver.text("}", true);
        assertThat(socket.sent).isEmpty();
    }

    @Test
    void aMessageThatEndsInTimeHasNoDeadline() {
        Receiver receiver = plain();
        receiver.text("{", false);
        receiver.text("\"type\":\"ping\"}", true);
        sockets.timer.advanceMillis(19_000);
        assertThat(socket.closeCodes).isEmpty();
    }

    @Test
    void pastTheBoundForAllTheOneThatBeganFirstIsGivenUp() {
        FakeSocket second = new FakeSocket();
        FakeSocket third = new FakeSocket();
        Receiver first = plain();
        Receiver next = sockets.receive(second, "203.0.113.8");
        first.text(" ".repeat(30_000), false);
        next.text(" ".repeat(30_000), false);
        assertThat(socket.closeCodes).isEmpty();
        sockets.receive(third, "203.0.113.9").text(" ".repeat(30_000), false);
        assertThat(socket.closeCodes).containsExactly(1013);
        assertThat(second.closeCodes).isEmpty();
        assertThat(third.closeCodes).isEmpty();
        assertThat(sockets.limitHits.count(LimitHit.HALF_MESSAGE_FULL)).isEqualTo(1);

        next.text("", true);
        sockets.receive(new FakeSocket(), "203.0.113.10").text(" ".repeat(30_000), false);
        assertThat(third.closeCodes).as("what has ended does not count").isEmpty();
    }

    @Test
    void aBinaryMessageIsRefusedOnceAndOnlySoManyBytesOfIt() {
        Receiver receiver = plain();
        receiver.binary(ByteBuffer.allocate(40_000), false);
        assertThat(socket.sent).isEmpty();
        receiver.binary(ByteBuffer.allocate(25_536), true);
        assertThat(socket.sent).singleElement().asString().contains("bad-frame");
        sockets.timer.advanceMillis(8_000);
        receiver.binary(ByteBuffer.allocate(40_000), false);
        receiver.binary(ByteBuffer.allocate(25_537), false);
        assertThat(socket.closeCodes).containsExactly(1009);
    }

    @Test
    void onTheLastSeatsASessionIsResumedAndNoneCreated() {
        for (int i = 0; i < 9; i++) {
            FakeSocket ordinary = new FakeSocket();
            sockets.receive(ordinary, "203.0.113." + i).text(CREATE.replace("\"a\"", "\"s" + i + "\""), true);
            assertThat(ordinary.sent).singleElement().asString().contains("\"success\":true");
        }
        Receiver last = plain();
        last.text(CREATE, true);
        assertThat(lastSent()).contains("server-full");
        assertThat(sockets.limitHits.count(LimitHit.CREATE_IN_LAST_PLACES)).isEqualTo(1);
        last.text(SIGNAL, true);
        assertThat(lastSent()).contains("unknown-session");
    }

    @Test
    void aConnectionThatMakesRoomIsToldToComeBack() {
        Receiver idle = plain();
        for (int i = 0; i < 9; i++) {
            sockets.receive(new FakeSocket(), "203.0.113." + i).text(CREATE.replace("\"a\"", "\"s" + i + "\""), true);
        }
        FakeSocket newcomer = new FakeSocket();
        sockets.receive(newcomer, "203.0.113.100");
        assertThat(socket.closeCodes).containsExactly(1013);
        assertThat(idle.connection().isGone()).isTrue();
        assertThat(newcomer.closeCodes).isEmpty();
        assertThat(sockets.places.open()).isEqualTo(10);
    }

    @Test
    void withoutAFilterThereAreStillLimits() {
        TestSockets unfiltered = new TestSockets(TestSockets.LIMITS, new PlaceLimits(100, 2, 100, 10, 20_000));
        for (int i = 0; i < 2; i++) {
            unfiltered
                    .openPastTheFilter(new FakeSocket())
                    .orElseThrow()
                    .text(CREATE.replace("\"a\"", "\"s" + i + "\""), true);
        }
        assertThat(unfiltered.openPastTheFilter(socket)).isEmpty();
        assertThat(socket.closeCodes).containsExactly(1013);
    }

    @Test
    void aBugWhileAFrameIsTakenEndsTheConnection() {
        Receiver receiver = plain();
        sockets.timer.breakOnce();

        receiver.text("{", false);

        assertThat(socket.closeCodes).containsExactly(1011);
        assertThat(receiver.connection().isGone()).isTrue();
    }
}
