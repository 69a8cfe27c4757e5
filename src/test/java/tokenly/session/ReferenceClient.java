package tokenly.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resumable client as PROTOCOL.md wants it: one instance, one connection at a time, and the sessions on it. */
final class ReferenceClient implements Link.Owner {

    final List<ReferenceSession> sessions = new ArrayList<>();
    private final World world;
    private final String name;
    private final Permit permit;
    private final String keys; // which it has: another one with the same has the same keys
    private long attempt;
    private @Nullable Link link; // null while it has none

    ReferenceClient(World world, String name, Permit permit, String keys) {
        this.world = world;
        this.name = name;
        this.permit = permit;
        this.keys = keys;
    }

    @Override
    public Permit permit() {
        return permit;
    }

    String keys() {
        return keys;
    }

    String name() {
        return name;
    }

    private Credentials credentials(SessionId session) {
        return new Credentials(ResumablePeer.keyOf(session.value() + keys), new Instance(name), attempt);
    }

    /** Only while it {@link #isConnected}. */
    Link link() {
        return Objects.requireNonNull(link);
    }

    boolean isConnected() {
        return link != null;
    }

    void connect() {
        attempt++;
        link = world.open(name + "#" + attempt, this);
        sessions.forEach(ReferenceSession::ask);
    }

    /** Gives its connection up, whatever the server thinks of it. */
    void disconnect(boolean losesWhatIsUnderWay) {
        link().abandon(losesWhatIsUnderWay);
        lost(null);
    }

    /** Closes its connection properly, and forgets it. */
    void close(DisconnectReason reason) {
        Link closing = link();
        closing.up(() -> closing.end(reason));
        disconnect(false);
    }

    // What it sends.

    void create(SessionId id, RoomId room) {
        Link on = link();
        Credentials credentials = credentials(id);
        on.up(() -> world.switchboard.create(on, id, room, credentials));
    }

    void resume(SessionId id, Position position) {
        Link on = link();
        Credentials credentials = credentials(id);
        on.up(() -> world.switchboard.resume(on, id, credentials, position));
    }

    void relay(SessionId id, long seq, Signal signal) {
        Link on = link();
        on.up(() -> world.switchboard.relay(on, id, seq, signal));
    }

    void acknowledge(SessionId id, long received) {
        Link on = link();
        on.up(() -> world.switchboard.acknowledge(on, id, received));
    }

    void destroy(SessionId id) {
        Link on = link();
        on.up(() -> world.switchboard.destroy(on, id));
    }

    // What it is told.

    private Optional<ReferenceSession> session(SessionId id) {
        return sessions.stream().filter(session -> session.id.equals(id)).findFirst();
    }

    @Override
    public void told(ServerEvent event) {
        session(event.session()).ifPresent(session -> session.told(event));
    }

    @Override
    public void acknowledged(SessionId id, long acceptedSeq) {
        session(id).ifPresent(session -> session.acknowledged(acceptedSeq));
    }

    @Override
    public void lost(@Nullable CloseReason reason) {
        world.require(reason != CloseReason.REPLACED, () -> name + " is replaced by itself");
        link = null;
        sessions.forEach(ReferenceSession::lose);
    }
}
