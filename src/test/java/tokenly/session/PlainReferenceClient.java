package tokenly.session;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A plain client as PROTOCOL.md wants it: one session, no numbers, no memory. */
final class PlainReferenceClient implements Link.Owner {

    final SessionId id;
    final RoomId room;
    private final World world;
    private final Permit permit;
    private final Map<SessionId, Boolean> peers = new TreeMap<>(World.byName());
    private @Nullable Link link;
    private boolean isIn;
    private boolean mustRepeat;
    private int connections;

    PlainReferenceClient(World world, SessionId id, RoomId room, Permit permit) {
        this.world = world;
        this.permit = permit;
        this.id = id;
        this.room = room;
    }

    @Override
    public Permit permit() {
        return permit;
    }

    boolean isConnected() {
        return link != null;
    }

    boolean isIn() {
        return isIn;
    }

    Map<SessionId, Boolean> peers() {
        return peers;
    }

    Link link() {
        return Objects.requireNonNull(link);
    }

    void connect() {
        link = world.open(id + "#" + ++connections, this);
        create();
    }

    private void create() {
        Link current = link();
        current.up(() -> world.switchboard.create(current, id, room, null));
    }

    void repeat() {
        if (mustRepeat && isConnected()) {
            mustRepeat = false;
            create();
        }
    }

    void send(Signal signal) {
        Link current = link();
        world.sent(id, room, signal, null);
        current.up(() -> world.switchboard.relay(current, id, 0, signal));
    }

    void disconnect(boolean losesWhatIsUnderWay) {
        link().abandon(losesWhatIsUnderWay);
        lost(null);
    }

    void leave() {
        Link closing = link();
        closing.up(() -> closing.end(DisconnectReason.LEAVING));
        disconnect(false);
    }

    @Override
    public void told(ServerEvent event) {
        if (event instanceof ServerEvent.Created created) {
            isIn = true;
            peers.clear();
            created.peers().forEach(peer -> peers.put(peer.id(), false));
        } else if (event instanceof ServerEvent.Delivery delivery) {
            if (delivery.message() instanceof Message.Signalled signalled) {
                world.deliveries.processed("plain", id, signalled);
            } else {
                Membership.follow(peers, delivery.message());
            }
        } else {
            mustRepeat = !isIn;
        }
    }

    @Override
    public void acknowledged(SessionId session, long acceptedSeq) {
        world.require(false, () -> id + " is plain, and is acknowledged " + acceptedSeq);
    }

    @Override
    public void lost(@Nullable CloseReason reason) {
        link = null;
        isIn = false;
        mustRepeat = false;
    }
}
