package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.session.DisconnectReason;
import tokenly.session.FakeTimer;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.ReconnectModel;
import tokenly.session.ReconnectPolicy;
import tokenly.session.RoomExecutors;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Status;
import tokenly.session.Switchboard;
import tokenly.store.MemoryStore;
import tokenly.wire.IceServers;
import tokenly.wire.ServerParameters;

/** Ping every 10 s, lost after 20 s of silence, a probe lasts 2 s and a send 10 s: each on both sides of its limit. */
class HeartbeatTest {

    private static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, Duration.ofSeconds(60));
    private static final MailboxBounds MAILBOX = new MailboxBounds(10, 1000);
    private static final ServerParameters TERMS = new ServerParameters(
            POLICY, 0, Duration.ofSeconds(10), Duration.ofSeconds(20), MAILBOX, 65_536, false, IceServers.NONE);

    private final FakeTimer timer = new FakeTimer();
    private final Switchboard switchboard = new Switchboard(
            new ReconnectModel(POLICY, timer, timer),
            new MemoryStore(),
            timer,
            new Limits(10, 10, Duration.ofSeconds(5), MAILBOX, MailboxSums.UNBOUNDED),
            new RoomExecutors(Runnable::run, 10, Long.MAX_VALUE, timer::now));
    private final HeartbeatTimes times = new HeartbeatTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(300));
    private final FakeSocket socket = new FakeSocket();
    private final SocketConnection connection =
            new TestSockets(switchboard, timer, times, TERMS, Runnable::run).open(socket);

    @Test
    void pingsEveryInterval() {
        timer.advanceMillis(9_999);
        assertThat(socket.pings).isZero();
        timer.advanceMillis(1);
        assertThat(socket.pings).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            connection.heard();
            timer.advanceMillis(10_000);
        }
        assertThat(socket.pings).isEqualTo(11);
        assertThat(socket.closeCodes).isEmpty();
    }

    @Test
    void isLostAfterTheTimeoutOfSilence() {
        switchboard.create(connection, new SessionId("a"), new RoomId("r"), null);
        timer.advanceMillis(3_000);
        connection.heard();
        timer.advanceMillis(19_999);
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(4008);
        assertThat(switchboard.status().state()).isEqualTo(Status.State.RECONNECTING);
        timer.advanceMillis(20_000);
        assertThat(socket.pings).as("nobody watches what is gone").isEqualTo(2);
    }

    @Test
    void forgetsAtOnceAConnectionThatIsGone() {
        assertThat(timer.pending()).isEqualTo(1);
        connection.end(DisconnectReason.LOST);
        assertThat(timer.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4_000})
    void isLostWhenASendTakesTooLongWheneverItBegan(long beginning) {
        timer.advanceMillis(beginning);
        socket.hangs = true;
        connection.send("x");
        timer.advanceMillis(9_999);
        connection.heard();
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(4012);
    }

    @Test
    void aServerThatWasStoppedItselfBlamesNobody() {
        timer.advanceMillis(10_000);
        connection.heard();
        timer.stall(Duration.ofSeconds(60));
        timer.advanceMillis(0);
        assertThat(socket.closeCodes).isEmpty();
        assertThat(socket.pings).as("but asks at once").isEqualTo(2);
        timer.advanceMillis(19_999);
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(4008);
    }

    @Test
    void aPingThatIsStillOnItsWayIsNotSentAgain() {
        List<Runnable> blocked = new ArrayList<>();
        SocketConnection stalled = new TestSockets(switchboard, timer, times, TERMS, blocked::add).open(socket);
        stalled.pings().send();
        stalled.pings().send();
        assertThat(blocked).hasSize(1);
        blocked.remove(0).run();
        stalled.pings().send();
        assertThat(blocked).hasSize(1);
    }

    @Test
    void nobodyIsPingedBehindASend() {
        socket.hangs = true;
        connection.send("x");
        connection.pings().send();
        assertThat(socket.pings).isZero();
    }

    @Test
    void isNotLostWhenEachSendIsInTime() {
        socket.hangs = true;
        connection.send("x");
        connection.send("y");
        timer.advanceMillis(9_999);
        connection.heard();
        socket.hanging.remove().onResult(new SendResult());
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).isEmpty();
    }

    @Test
    void isLostWhenTooMuchWaitsForIt() {
        socket.hangs = true;
        connection.send("x".repeat(65_536));
        assertThat(socket.closeCodes).isEmpty();
        connection.send("y");
        assertThat(socket.closeCodes).containsExactly(4012);
        assertThat(connection.isGone()).isTrue();
    }

    @Test
    void isLostWhenASendFails() {
        socket.hangs = true;
        connection.send("x");
        socket.hanging.remove().onResult(new SendResult(new IllegalStateException("broken pipe")));
        assertThat(socket.closeCodes).containsExactly(1011);
    }

    @Test
    void aProbeThatIsAnsweredInTimeFindsItAlive() {
        List<Boolean> answers = new ArrayList<>();
        connection.probe().thenAccept(answers::add);
        connection.probe().thenAccept(answers::add);
        assertThat(socket.pings).isEqualTo(1);
        timer.advanceMillis(1_999);
        connection.heard();
        timer.advanceMillis(1_000);
        assertThat(answers).containsExactly(true, true);
        assertThat(socket.closeCodes).isEmpty();
    }

    @Test
    void aProbeThatIsNotAnsweredLosesItBeforeItSaysSo() {
        switchboard.create(connection, new SessionId("a"), new RoomId("r"), null);
        List<Status.State> atAnswer = new ArrayList<>();
        connection.heard();
        timer.advanceMillis(1);
        connection.probe().thenAccept(isAlive -> {
            assertThat(isAlive).isFalse();
            atAnswer.add(switchboard.status().state());
        });
        timer.advanceMillis(1_999);
        assertThat(atAnswer).isEmpty();
        timer.advanceMillis(1);
        assertThat(atAnswer).containsExactly(Status.State.RECONNECTING);
        assertThat(socket.closeCodes).containsExactly(4008);
        assertThat(connection.probe().toCompletableFuture()).isCompletedWithValue(false);
    }

    @Test
    void aReaderWhoIsSentToAllTheTimeIsNotCalledSilent() {
        socket.hangs = true;
        connection.send("0");
        for (int second = 1; second <= 60; second++) {
            timer.advanceMillis(1_000);
            connection.send(Integer.toString(second));
            socket.hanging.remove().onResult(new SendResult());
        }
        assertThat(socket.pings).isZero();
        assertThat(socket.closeCodes).isEmpty();

        socket.hangs = false;
        socket.hanging.remove().onResult(new SendResult());
        timer.advanceMillis(30_000);
        assertThat(socket.closeCodes)
                .as("but once it could be asked, silence counts")
                .containsExactly(4008);
    }

    @Test
    void aLargeFrameMayTakeAsLongAsASlowLinkNeedsForIt() {
        socket.hangs = true;
        connection.send("x".repeat(65_536));
        heardUntil(32_000);
        assertThat(socket.closeCodes).as("at 2.4 kB/s it needs 27 s").isEmpty();
        heardUntil(1_000);
        assertThat(socket.closeCodes).containsExactly(4012);
    }

    @Test
    void aReaderWhoseAnswerComesBehindMuchDataIsNotSilent() {
        connection.send("x".repeat(60_000)); // the system took it, and carries it slowly
        timer.advanceMillis(29_999);
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(2);
        assertThat(socket.closeCodes).containsExactly(4008);
    }

    @Test
    void aProbeWaitsForAnAnswerBehindMuchData() {
        connection.send("x".repeat(20_000));
        timer.advanceMillis(1);
        connection.probe();
        timer.advanceMillis(9_999);
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(4008);
    }

    @Test
    void whatWaitsBehindAFullWindowGoesOnWhenAPingIsAnswered() {
        connection.send("x".repeat(65_536));
        connection.send("next");
        assertThat(socket.sent).hasSize(1);
        assertThat(connection.pings().answered(socket.lastPing)).isTrue();
        assertThat(socket.sent).hasSize(2);
    }

    @Test
    void answersToAResumableClientGoOnBesideAFullWindow() {
        FakeSocket gateway = new FakeSocket();
        gateway.subprotocol = "tokenly.v1";
        SocketConnection resumable = new TestSockets(switchboard, timer, times, TERMS, Runnable::run).open(gateway);
        resumable.send("x".repeat(65_536));
        resumable.send("an answer");
        assertThat(gateway.sent).last().isEqualTo("an answer");
        assertThat(resumable.hasRoom()).as("but its mailboxes wait").isFalse();
        resumable.pings().answered(gateway.lastPing);
        assertThat(resumable.hasRoom()).isTrue();
    }

    @Test
    void wherePingsAreNeverAnsweredWhatWaitsGoesOnInTheEnd() {
        connection.send("x".repeat(65_536));
        connection.send("next");
        heardUntil(43_000);
        assertThat(socket.sent).hasSize(2);
        assertThat(socket.closeCodes).isEmpty();
    }

    @Test
    void aSilentConnectionIsLostThoughItsPingsAreSentByAnotherThread() {
        List<Runnable> threads = new ArrayList<>();
        FakeSocket other = new FakeSocket();
        new TestSockets(switchboard, timer, times, TERMS, threads::add).open(other);
        for (int tenth = 0; tenth < 4; tenth++) {
            timer.advanceMillis(10_000);
            List.copyOf(threads).forEach(Runnable::run); // a little later than they were asked for
            threads.clear();
        }
        assertThat(other.closeCodes).containsExactly(4008);
    }

    @Test
    void whereNoPongsComeASilenceStillCounts() {
        connection.send("x".repeat(65_536));
        connection.send("next");
        heardUntil(43_000);
        for (int i = 0; i < 100; i++) {
            connection.send("x".repeat(60_000));
        }
        timer.advanceMillis(20_000);
        assertThat(socket.closeCodes).containsExactly(4008);
    }

    @Test
    void aProbeThatHasToWaitBehindASendLosesNoOneWhoWasNotAsked() {
        socket.hangs = true;
        connection.send("x");
        timer.advanceMillis(1);
        connection.probe();
        timer.advanceMillis(2_000);
        assertThat(socket.closeCodes).isEmpty();
        socket.hangs = false;
        socket.hanging.remove().onResult(new SendResult());
        timer.advanceMillis(4_000);
        assertThat(socket.closeCodes).containsExactly(4008);
    }

    private void heardUntil(long millis) {
        for (long rest = millis; rest > 0; rest -= 1_000) {
            connection.heard();
            timer.advanceMillis(1_000);
        }
    }

    @Test
    void aConnectionWithoutASessionIsClosed() {
        listenFor(299_999);
        assertThat(socket.closeCodes).isEmpty();
        timer.advanceMillis(1);
        assertThat(socket.closeCodes).containsExactly(1008);
    }

    @Test
    void aConnectionIsNotIdleWhileItHoldsASession() {
        switchboard.create(connection, new SessionId("a"), new RoomId("r"), null);
        listenFor(400_000);
        assertThat(socket.closeCodes).isEmpty();
        switchboard.destroy(connection, new SessionId("a"));
        listenFor(299_999);
        assertThat(socket.closeCodes)
                .as("the time begins when its last session ends")
                .isEmpty();
        listenFor(10_001);
        assertThat(socket.closeCodes).containsExactly(1008);
    }

    /** Its client answers pings all the time. */
    private void listenFor(long millis) {
        for (long rest = millis; rest > 0; rest -= 5_000) {
            connection.heard();
            timer.advanceMillis(Math.min(rest, 5_000));
        }
    }

    @Test
    void aServerThatStopsClosesOnceWhatWasSentBeforeHasArrived() {
        FakeSocket slow = new FakeSocket();
        slow.subprotocol = "tokenly.v1";
        slow.hangs = true;
        SocketConnection late = new TestSockets(switchboard, timer, times, TERMS, Runnable::run).open(slow);
        CompletableFuture<?> stopped = switchboard.stop().toCompletableFuture();

        assertThat(socket.closeCodes).containsExactly(1012);
        assertThat(slow.closeCodes).isEmpty();
        assertThat(stopped).as("its welcome is under way").isNotDone();
        slow.hanging.remove().onResult(new SendResult());
        assertThat(slow.sent).last().asString().contains("drain");
        slow.hanging.remove().onResult(new SendResult());
        assertThat(slow.closeCodes).containsExactly(1012);
        late.end(DisconnectReason.LOST);
        assertThat(stopped).as("the other one has not answered its close").isNotDone();
        connection.end(DisconnectReason.LOST);
        assertThat(stopped).isCompleted();
    }

    @Test
    void aServerThatStopsDoesNotWaitForAConnectionThatIsLost() {
        FakeSocket slow = new FakeSocket();
        slow.subprotocol = "tokenly.v1";
        slow.hangs = true;
        SocketConnection lost = new TestSockets(switchboard, timer, times, TERMS, Runnable::run).open(slow);
        CompletableFuture<?> stopped = switchboard.stop().toCompletableFuture();

        connection.end(DisconnectReason.LOST);
        lost.end(DisconnectReason.LOST);
        assertThat(stopped).isCompleted();
    }
}
