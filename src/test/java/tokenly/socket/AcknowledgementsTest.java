package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.SendResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tokenly.session.DisconnectReason;
import tokenly.session.Epoch;
import tokenly.session.FakeTimer;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.ReconnectModel;
import tokenly.session.ReconnectPolicy;
import tokenly.session.ResetReason;
import tokenly.session.RoomExecutors;
import tokenly.session.RoomId;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Switchboard;
import tokenly.store.MemoryStore;
import tokenly.wire.IceServers;
import tokenly.wire.ServerParameters;

/** Acks are late, few, and never of an epoch that is over. */
class AcknowledgementsTest {

    private static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, Duration.ofSeconds(60));
    private static final MailboxBounds MAILBOX = new MailboxBounds(10, 1000);
    private static final SessionId A = new SessionId("a");
    private static final SessionId B = new SessionId("b");
    private static final RoomId ROOM = new RoomId("room");

    private final FakeTimer timer = new FakeTimer();
    private final Switchboard switchboard = new Switchboard(
            new ReconnectModel(POLICY, timer, timer),
            new MemoryStore(),
            timer,
            new Limits(10, 10, Duration.ofSeconds(5), MAILBOX, MailboxSums.UNBOUNDED),
            new RoomExecutors(Runnable::run, 10, Long.MAX_VALUE, timer::now));
    private final TestSockets sockets = new TestSockets(
            switchboard,
            timer,
            new HeartbeatTimes(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofDays(1)),
            new ServerParameters(
                    POLICY, 0, Duration.ofSeconds(10), Duration.ofSeconds(20), MAILBOX, 65_536, false, IceServers.NONE),
            Runnable::run);
    private final FakeSocket socket = new FakeSocket();
    private final SocketConnection connection = sockets.open(socket);

    @BeforeEach
    void forgetTheBeginning() {
        socket.sent.clear();
    }

    @Test
    void manyCursorsAreOneFrameAtMostTwentyMillisecondsLater() {
        connection.acknowledge(A, 1);
        connection.acknowledge(B, 7);
        connection.acknowledge(A, 2);
        timer.advanceMillis(19);
        assertThat(socket.sent).isEmpty();
        timer.advanceMillis(1);
        connection.acknowledge(A, 3);
        timer.advanceMillis(20);
        assertThat(socket.sent)
                .containsExactly(
                        "{\"type\":\"ack\",\"received\":{\"a\":2,\"b\":7}}",
                        "{\"type\":\"ack\",\"received\":{\"a\":3}}");
    }

    @Test
    void eachConnectionIsServedInItsOwnTime() {
        FakeSocket later = new FakeSocket();
        SocketConnection other = sockets.open(later);
        FakeSocket soon = new FakeSocket();
        SocketConnection third = sockets.open(soon);
        later.sent.clear();
        soon.sent.clear();
        connection.acknowledge(A, 1);
        timer.advance(Duration.ofNanos(400_000));
        third.acknowledge(A, 1);
        timer.advance(Duration.ofNanos(600_000));
        other.acknowledge(A, 1);

        timer.advanceMillis(19);
        assertThat(socket.sent).hasSize(1);
        assertThat(soon.sent).as("not worth another look").hasSize(1);
        assertThat(later.sent).isEmpty();
        timer.advanceMillis(1);
        assertThat(later.sent).hasSize(1);
    }

    @Test
    void aSessionThatIsCreatedAgainIsNotToldTheNumbersOfItsLastLife() {
        connection.acknowledge(A, 5);
        connection.acknowledge(B, 7);
        connection.send(new ServerEvent.Created(A, ROOM, List.of(), new Epoch("next"), 0));
        connection.acknowledge(A, 1);
        timer.advanceMillis(20);
        assertThat(socket.sent).last().isEqualTo("{\"type\":\"ack\",\"received\":{\"b\":7,\"a\":1}}");
    }

    @Test
    void aSessionThatIsResetIsNotToldTheNumbersOfBefore() {
        connection.acknowledge(A, 5);
        connection.send(new ServerEvent.Reset(A, ResetReason.EPOCH, new Epoch("next"), List.of(), null));
        timer.advanceMillis(20);
        assertThat(socket.sent).singleElement().asString().contains("reset");
    }

    @Test
    void aThousandSessionsAreToldInFramesOfAClientsSize() {
        for (int i = 0; i < 1_001; i++) {
            connection.acknowledge(new SessionId("s" + i), 1);
        }
        timer.advanceMillis(20);
        assertThat(socket.sent).hasSize(3).last().isEqualTo("{\"type\":\"ack\",\"received\":{\"s1000\":1}}");
    }

    @Test
    void aConnectionThatIsGoneIsOwedNothing() {
        connection.acknowledge(A, 1);
        socket.hangs = true;
        connection.send("under way");
        connection.end(DisconnectReason.LOST);
        timer.advanceMillis(20);
        socket.hanging.remove().onResult(new SendResult());
        assertThat(socket.sent).containsExactly("under way");
        assertThat(timer.pending()).isZero();
    }
}
