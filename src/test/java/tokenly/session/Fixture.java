package tokenly.session;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A switchboard among fakes, with the policy of the reconnect guide, all on the test's own thread. */
final class Fixture {

    static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, Duration.ofSeconds(60));
    static final Limits LIMITS =
            new Limits(100, 10, Duration.ofSeconds(5), new MailboxBounds(8, 100_000), MailboxSums.UNBOUNDED);
    static final RoomId ROOM = new RoomId("room");
    private static final Source ANY_SOURCE = new Source(new Epoch("any"), 1);

    final FakeTimer timer = new FakeTimer();
    final FakeStore store = new FakeStore();
    final Switchboard switchboard;

    Fixture() {
        this(LIMITS);
    }

    Fixture(Limits limits) {
        switchboard = new Switchboard(
                new ReconnectModel(POLICY, timer, timer),
                store,
                timer,
                limits,
                new RoomExecutors(Runnable::run, 5, Long.MAX_VALUE, timer::now));
    }

    /** An open connection. */
    FakeConnection connect(String name) {
        return connect(name, Account.unbounded());
    }

    /** An open connection, for whose sessions {@code account} pays. */
    FakeConnection connect(String name, Account account) {
        FakeConnection connection = new FakeConnection(name, account);
        switchboard.opened(connection);
        return connection;
    }

    /** An open connection that holds session {@code id} in {@link #ROOM} and has read what it was told. */
    FakeConnection join(String id) {
        FakeConnection connection = connect("connection of " + id);
        create(connection, id);
        connection.told();
        return connection;
    }

    void create(FakeConnection connection, String id) {
        switchboard.create(connection, new SessionId(id), ROOM, null);
    }

    void lose(FakeConnection connection) {
        switchboard.closed(connection, DisconnectReason.LOST);
    }

    Status status() {
        return switchboard.status();
    }

    static SessionId id(String id) {
        return new SessionId(id);
    }

    static Signal toAll(String opaque) {
        return new Signal(Signal.Kind.MESSAGE, null, opaque);
    }

    static Signal to(String peer, String opaque) {
        return new Signal(Signal.Kind.OFFER, id(peer), opaque);
    }

    /** What a plain client is told when {@code create-peer} has succeeded. */
    static ServerEvent created(String session, RoomId room, String... peers) {
        return new ServerEvent.Created(id(session), room, peers(peers), null, 0);
    }

    /** Peers as {@link #withoutNumbers} leaves them. */
    static List<RoomPeer> peers(String... ids) {
        return Stream.of(ids).map(Fixture::id).map(Fixture::peer).toList();
    }

    private static RoomPeer peer(SessionId id) {
        return new RoomPeer(id, Incarnation.UNKNOWN, false);
    }

    static Message joined(SessionId peer) {
        return new Message.PeerJoined(peer, Incarnation.UNKNOWN);
    }

    static Message away(SessionId peer) {
        return new Message.PeerAway(peer, Incarnation.UNKNOWN);
    }

    static Message back(SessionId peer) {
        return new Message.PeerBack(peer, Incarnation.UNKNOWN);
    }

    static Message restarted(SessionId peer, ResetReason reason) {
        return new Message.PeerRestarted(peer, Incarnation.UNKNOWN, reason);
    }

    static ServerEvent delivery(String session, Message message) {
        return new ServerEvent.Delivery(id(session), ServerEvent.UNNUMBERED, message);
    }

    /** What a plain {@code session} is told of a signal. */
    static ServerEvent signal(String session, String from, Signal signal) {
        return delivery(session, new Message.Signalled(id(from), ANY_SOURCE, signal));
    }

    static ServerEvent undeliverable(String session, String to, Message.UndeliverableReason reason) {
        return delivery(session, new Message.Undeliverable(id(to), List.of(), reason));
    }

    /** {@code event} without what most tests do not look at: incarnations, and in a list of peers who is away. */
    static ServerEvent withoutIncarnations(ServerEvent event) {
        if (event instanceof ServerEvent.Created created) {
            return new ServerEvent.Created(
                    created.session(), created.room(), plain(created.peers()), created.epoch(), 0);
        }
        if (event instanceof ServerEvent.Reset reset) {
            return new ServerEvent.Reset(
                    reset.session(), reset.reason(), reset.epoch(), plain(reset.peers()), reset.acceptedSeq());
        }
        if (event instanceof ServerEvent.Resumed resumed) {
            return new ServerEvent.Resumed(
                    resumed.session(), resumed.epoch(), resumed.acceptedSeq(), resumed.last(), null);
        }
        return event instanceof ServerEvent.Delivery delivery
                ? new ServerEvent.Delivery(delivery.session(), delivery.seq(), withoutIncarnation(delivery.message()))
                : event;
    }

    private static List<RoomPeer> plain(List<RoomPeer> peers) {
        return peers.stream().map(peer -> peer(peer.id())).toList();
    }

    private static Message withoutIncarnation(Message message) {
        if (message instanceof Message.PeerJoined joined) {
            return joined(joined.peer());
        }
        if (message instanceof Message.PeerAway away) {
            return away(away.peer());
        }
        if (message instanceof Message.PeerBack back) {
            return back(back.peer());
        }
        return message instanceof Message.PeerRestarted restarted
                ? restarted(restarted.peer(), restarted.reason())
                : message;
    }

    /** {@code event} as a plain client sees it: without the numbers, which it is never told. */
    static ServerEvent withoutNumbers(ServerEvent event) {
        if (!(event instanceof ServerEvent.Delivery delivery) || delivery.seq() != ServerEvent.UNNUMBERED) {
            return event;
        }
        Message message = delivery.message();
        if (message instanceof Message.Signalled signalled) {
            message = new Message.Signalled(signalled.from(), ANY_SOURCE, signalled.signal());
        } else if (message instanceof Message.Undeliverable undeliverable) {
            message = new Message.Undeliverable(undeliverable.to(), List.of(), undeliverable.reason());
        }
        return new ServerEvent.Delivery(delivery.session(), ServerEvent.UNNUMBERED, message);
    }
}
