package tokenly.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.CloseCode;
import tokenly.protocol.Subprotocol;
import tokenly.session.Account;
import tokenly.session.CloseReason;
import tokenly.session.DisconnectReason;
import tokenly.session.Permit;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.socket.ClientConnection;
import tokenly.socket.Requests;
import tokenly.wire.BadFrameException;
import tokenly.wire.Decoder;
import tokenly.wire.Encoder;
import tokenly.wire.IceServers;
import tokenly.wire.Incoming;
import tokenly.wire.ServerParameters;

/** The server's end of a cable, as a socket of the server is. */
final class FakeClientConnection implements ClientConnection {

    private static final Duration CHECK = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final ServerParameters PARAMETERS = new ServerParameters(
            FakeNode.POLICY, 0.2, Duration.ofSeconds(10), TIMEOUT, FakeNode.MAILBOX, 65_536, false, IceServers.NONE);

    private final ClusterWorld world;
    private final FakeNode node;
    private final ClusterNetwork.Cable cable;
    private final int number;
    private final Account account = Account.unbounded();
    private Duration lastHeard;
    private @Nullable CompletableFuture<Boolean> probe;
    private boolean isGone;

    FakeClientConnection(ClusterWorld world, FakeNode node, ClusterNetwork.Cable cable, int number) {
        this.world = world;
        this.node = node;
        this.cable = cable;
        this.number = number;
        this.lastHeard = world.timer.now();
    }

    void accept() {
        heard();
        node.switchboard.opened(this);
        cable.say(Encoder.welcome(id(), PARAMETERS));
        check();
    }

    private void check() {
        if (isGone) {
            return;
        }
        if (world.timer.now().minus(lastHeard).compareTo(TIMEOUT) > 0) {
            close(CloseCode.HEARTBEAT_TIMEOUT);
        } else {
            world.timer.after(CHECK, () -> node.later(this::check));
        }
    }

    void heard() {
        lastHeard = world.timer.now();
        answerProbe(true);
    }

    private void answerProbe(boolean isAlive) {
        CompletableFuture<Boolean> asked = probe;
        probe = null;
        if (asked != null) {
            asked.complete(isAlive);
        }
    }

    void take(String text) {
        if (isGone) {
            return;
        }
        heard();
        try {
            Incoming frame = Decoder.decode(text, subprotocol());
            Incoming left = node.cluster.forwarder().take(this, text, frame);
            if (left instanceof Incoming.Ping ping) {
                cable.say(Encoder.pong(ping.id()));
            } else if (left != null) {
                Requests.bring(left, this, node.switchboard);
            }
        } catch (BadFrameException bad) {
            throw new AssertionError("the client sends " + text, bad);
        }
    }

    void lost() {
        end(DisconnectReason.LOST);
    }

    void end(DisconnectReason reason) {
        if (!isGone) {
            isGone = true;
            node.switchboard.closed(this, reason);
            node.cluster.forwarder().closed(this, reason);
            answerProbe(false);
        }
    }

    void drained() {
        if (!isGone) {
            node.switchboard.drained(this);
            node.cluster.forwarder().drained(this);
        }
    }

    private void close(CloseCode code) {
        if (!isGone) {
            cable.hangUp(code.number());
            node.later(this::lost);
        }
    }

    @Override
    public String id() {
        return "c" + number;
    }

    @Override
    public boolean isGone() {
        return isGone;
    }

    @Override
    public Subprotocol subprotocol() {
        return Subprotocol.RESUMABLE;
    }

    @Override
    public String countedAddress() {
        return "";
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Permit permit() {
        return Permit.EVERYTHING;
    }

    @Override
    public void send(String frame) {
        if (!isGone) {
            cable.say(frame);
        }
    }

    @Override
    public void sendFirst(SessionId session, String frame) {
        send(frame);
    }

    @Override
    public void send(ServerEvent event) {
        if (event instanceof ServerEvent.Elsewhere) {
            node.cluster.forwarder().elsewhere(this, event.session());
        } else {
            send(Encoder.encode(event, IceServers.NONE));
        }
    }

    @Override
    public void send(List<ServerEvent.Delivery> deliveries) {
        deliveries.forEach(delivery -> send(Encoder.encode(delivery)));
    }

    @Override
    public void acknowledge(SessionId session, long acceptedSeq) {
        send(Encoder.ack(Map.of(session, acceptedSeq)));
    }

    @Override
    public boolean hasRoom() {
        return !cable.isSlow;
    }

    @Override
    public CompletionStage<Boolean> probe() {
        if (isGone) {
            return CompletableFuture.completedStage(false);
        }
        if (probe != null) {
            return probe;
        }
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        probe = asked;
        cable.ping();
        world.timer.after(
                PROBE_TIMEOUT,
                () -> node.later(() -> {
                    if (!asked.isDone()) {
                        close(CloseCode.HEARTBEAT_TIMEOUT);
                    }
                }));
        return asked;
    }

    @Override
    public void close(CloseReason reason) {
        boolean isForItsSessions = reason == CloseReason.REPLACED || reason == CloseReason.TAKEN_OVER;
        if (!isForItsSessions || node.cluster.forwarder().held(this) == 0) {
            close(CloseCode.valueOf(reason.name()));
        }
    }

    @Override
    public void turnAway(Permit permit) {
        close(CloseCode.NOT_ALLOWED);
    }

    @Override
    public CompletionStage<?> stop() {
        cable.hangUp(CloseCode.RESTART.number());
        lost();
        return CompletableFuture.completedStage(null);
    }

    /** So that a seed is the same program each time it runs. */
    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
