package tokenly.session;

import java.time.Duration;

/** A switchboard among fakes, with the policy of the reconnect guide, all on the test's own thread. */
final class Scene {

    static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, Duration.ofSeconds(60));
    static final Limits LIMITS = new Limits(100, 10, Duration.ofSeconds(5));
    static final RoomId ROOM = new RoomId("room");

    final FakeTimer timer = new FakeTimer();
    final FakeStore store = new FakeStore();
    final Switchboard switchboard;

    Scene() {
        this(LIMITS);
    }

    Scene(Limits limits) {
        switchboard = new Switchboard(
                new ReconnectModel(POLICY, timer, timer), store, timer, limits, new Lanes(Runnable::run, 5));
    }

    /** An open connection. */
    FakeConnection connect(String name) {
        FakeConnection connection = new FakeConnection(name);
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
        switchboard.create(connection, new SessionId(id), ROOM);
    }

    void lose(FakeConnection connection) {
        switchboard.closed(connection, Departure.LOST);
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

    static Notice delivery(String session, Message message) {
        return new Notice.Delivery(id(session), message);
    }

    static Notice signal(String session, String from, Signal signal) {
        return delivery(session, new Message.Signalled(id(from), signal));
    }
}
