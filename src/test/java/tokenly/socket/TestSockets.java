package tokenly.socket;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import tokenly.access.AddressBlocks;
import tokenly.access.Door;
import tokenly.access.IpAddress;
import tokenly.access.LimitHits;
import tokenly.access.Place;
import tokenly.access.PlaceLimits;
import tokenly.access.Places;
import tokenly.session.Account;
import tokenly.session.FakeTimer;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.ReconnectModel;
import tokenly.session.ReconnectPolicy;
import tokenly.session.RoomExecutors;
import tokenly.session.Switchboard;
import tokenly.store.MemoryStore;
import tokenly.wire.IceServers;
import tokenly.wire.ServerParameters;

/** Opens fake sockets: of a gateway, to which no limit of an address applies, or of a client. */
final class TestSockets {

    static final SocketLimits LIMITS = new SocketLimits(65_536, 65_536, 4 << 20, 150_000, Duration.ofSeconds(10));

    private static final IpAddress GATEWAY = address("127.0.0.1");
    private static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, Duration.ofSeconds(60));
    private static final MailboxBounds MAILBOX = new MailboxBounds(1_000, 10_000_000);

    final FakeTimer timer;
    final Switchboard switchboard;
    final LimitHits limitHits;
    final Places places;
    private final ConnectionFactory sockets;

    TestSockets(
            Switchboard switchboard,
            FakeTimer timer,
            HeartbeatTimes times,
            ServerParameters parameters,
            Executor executor) {
        this(
                switchboard,
                timer,
                times,
                parameters,
                executor,
                LIMITS,
                new PlaceLimits(100, 10, 10, 10, 20_000),
                Door.OPEN);
    }

    /** With a switchboard of its own. */
    TestSockets(SocketLimits limits, PlaceLimits places) {
        this(new FakeTimer(), limits, places, Door.OPEN);
    }

    private TestSockets(FakeTimer timer, SocketLimits limits, PlaceLimits places, Door door) {
        this(timer, limits, places, door, IceServers.NONE);
    }

    private TestSockets(FakeTimer timer, SocketLimits limits, PlaceLimits places, Door door, IceServers iceServers) {
        this(
                new Switchboard(
                        new ReconnectModel(POLICY, timer, timer),
                        new MemoryStore(),
                        timer,
                        new Limits(1_000, 1_000, Duration.ofSeconds(5), MAILBOX, MailboxSums.UNBOUNDED),
                        new RoomExecutors(Runnable::run, 1_000, Long.MAX_VALUE, timer::now)),
                timer,
                new HeartbeatTimes(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofDays(1)),
                new ServerParameters(
                        POLICY, 0, Duration.ofSeconds(10), Duration.ofSeconds(20), MAILBOX, 65_536, false, iceServers),
                Runnable::run,
                limits,
                places,
                door);
    }

    /** Of a server that names those ICE servers. */
    TestSockets(FakeTimer timer, IceServers iceServers) {
        this(timer, LIMITS, new PlaceLimits(100, 10, 10, 10, 20_000), Door.OPEN, iceServers);
    }

    /** Of a server with that door. */
    TestSockets(FakeTimer timer, Door door) {
        this(timer, LIMITS, new PlaceLimits(100, 10, 10, 1_000, 1_000_000), door);
    }

    private TestSockets(
            Switchboard switchboard,
            FakeTimer timer,
            HeartbeatTimes times,
            ServerParameters parameters,
            Executor executor,
            SocketLimits limits,
            PlaceLimits placeLimits,
            Door door) {
        this.timer = timer;
        this.switchboard = switchboard;
        this.limitHits = new LimitHits(timer);
        this.places = new Places(
                placeLimits, AddressBlocks.parse("127.0.0.0/8").orElseThrow(), Account::unbounded, timer, limitHits);
        this.sockets = new ConnectionFactory(
                switchboard, Forwarder.NONE, timer, places, limitHits, door, times, limits, parameters, executor);
    }

    /** The connection of a gateway. */
    SocketConnection open(FakeSocket socket) {
        return receive(socket, GATEWAY).connection();
    }

    /** What receives from a client at {@code address}. */
    Receiver receive(FakeSocket socket, String address) {
        return receive(socket, address(address));
    }

    private Receiver receive(FakeSocket socket, IpAddress address) {
        socket.userProperties.put(ConnectionFactory.PLACE, (Place) places.enter(Optional.of(address)));
        return openPastTheFilter(socket).orElseThrow();
    }

    /** As on a server that has no filter. */
    Optional<Receiver> openPastTheFilter(FakeSocket socket) {
        return sockets.open(socket.session);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
