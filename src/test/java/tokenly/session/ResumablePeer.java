package tokenly.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resumable client's side of one session, which sends exactly what a test says. */
final class ResumablePeer {

    private final Fixture fixture;
    private final Account account;
    final SessionId id;
    final KeyHash key;
    final Instance instance;
    private @Nullable Long acceptedBeforeReset;
    private long attempt;
    private Epoch epoch = new Epoch("none yet");
    FakeConnection connection;

    ResumablePeer(Fixture fixture, String id) {
        this(fixture, id, "instance of " + id);
    }

    /** One for whose sessions {@code account} pays. */
    ResumablePeer(Fixture fixture, String id, Account account) {
        this(fixture, id, "instance of " + id, account);
    }

    /** The same session in another page: the key is copied, the instance is not. */
    ResumablePeer(Fixture fixture, String id, String instance) {
        this(fixture, id, instance, Account.unbounded());
    }

    private ResumablePeer(Fixture fixture, String id, String instance, Account account) {
        this.fixture = fixture;
        this.account = account;
        this.id = new SessionId(id);
        this.key = keyOf(id);
        this.instance = new Instance(instance);
        this.connection = connect();
    }

    static KeyHash keyOf(String id) {
        return new KeyHash((id + "-".repeat(43)).substring(0, 43));
    }

    /** A new connection, which holds nothing yet. */
    FakeConnection connect() {
        connection = fixture.connect(id + "/" + ++attempt, account);
        return connection;
    }

    long attempt() {
        return attempt;
    }

    Epoch epoch() {
        return epoch;
    }

    /** It has been in {@code epoch} before the server restarted. */
    void continueIn(Epoch epoch) {
        this.epoch = epoch;
    }

    Credentials credentials() {
        return new Credentials(key, instance, attempt);
    }

    /** {@code create-peer}; what it is told is returned. */
    List<ServerEvent> create() {
        fixture.switchboard.create(connection, id, Fixture.ROOM, credentials());
        return learn();
    }

    /** A new connection, and {@code resume} on it. */
    List<ServerEvent> resume(long received, long sent) {
        connect();
        return resumeAt(received, sent, attempt);
    }

    /** {@code resume} on the connection it has. */
    List<ServerEvent> resumeAt(long received, long sent, long attempt) {
        return resumeAt(new Position(epoch, received, sent, 0), attempt);
    }

    /** A new connection, and {@code resume} on it, by a client that was acknowledged its signals up to {@code acknowledged}. */
    List<ServerEvent> resumeAcknowledged(long received, long sent, long acknowledged) {
        connect();
        return resumeAt(new Position(epoch, received, sent, acknowledged), attempt);
    }

    List<ServerEvent> resumeAt(Position position, long attempt) {
        fixture.switchboard.resume(connection, id, new Credentials(key, instance, attempt), position);
        return learn();
    }

    void send(long seq, Signal signal) {
        fixture.switchboard.relay(connection, id, seq, signal);
    }

    void ack(long received) {
        fixture.switchboard.acknowledge(connection, id, received);
    }

    void lose() {
        fixture.lose(connection);
    }

    /** The highest of its own numbers that is acknowledged on its connection. */
    long acknowledged() {
        return connection.acknowledged.getOrDefault(id, 0L);
    }

    /** All it was told since the last call; it remembers its epoch. */
    List<ServerEvent> learn() {
        List<ServerEvent> told = new ArrayList<>(connection.told());
        for (ServerEvent event : told) {
            if (event instanceof ServerEvent.Created created && created.epoch() != null) {
                epoch = created.epoch();
            } else if (event instanceof ServerEvent.Reset reset) {
                epoch = reset.epoch();
                acceptedBeforeReset = reset.acceptedSeq();
            }
        }
        told.replaceAll(ResumablePeer::withoutReceived);
        return told;
    }

    private static ServerEvent withoutReceived(ServerEvent event) {
        return event instanceof ServerEvent.Reset reset
                ? new ServerEvent.Reset(reset.session(), reset.reason(), reset.epoch(), reset.peers(), null)
                : event;
    }

    /** Message {@code seq} of its mailbox. */
    ServerEvent delivery(long seq, Message message) {
        return new ServerEvent.Delivery(id, seq, message);
    }

    /** Signal {@code number} of {@code from}, as number {@code seq} of its mailbox. */
    ServerEvent signal(long seq, ResumablePeer from, long number, Signal signal) {
        return delivery(seq, new Message.Signalled(from.id, new Source(from.epoch, number), signal));
    }

    ServerEvent created(String... peers) {
        return new ServerEvent.Created(id, Fixture.ROOM, Fixture.peers(peers), epoch, 0);
    }

    ServerEvent resumed(long received, long last) {
        return new ServerEvent.Resumed(id, epoch, received, last, null);
    }

    /** What it learns of a reset, but for what the server has of its signals. */
    ServerEvent reset(ResetReason reason, String... peers) {
        return new ServerEvent.Reset(id, reason, epoch, Fixture.peers(peers), null);
    }

    /** What the server had of its signals when it was reset last; null if it did not know their epoch. */
    @Nullable
    Long acceptedBeforeReset() {
        return acceptedBeforeReset;
    }
}
