package tokenly.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/** A resumable client's side of one session, as PROTOCOL.md wants it. */
final class ReferenceSession {

    /** Where it stands with the server, as far as it knows. */
    enum Standing {
        AWAY,
        ASKING,
        THERE,
        LEAVING,
        OVER
    }

    private static final Epoch NONE = new Epoch("none");

    final SessionId id;
    private final World world;
    private final ReferenceClient client;
    private RoomId room;
    private Standing standing = Standing.AWAY;
    private @Nullable Epoch epoch; // null while it has no session
    private boolean isForeign; // that is the epoch of an earlier instance
    private boolean isTaken; // by another instance, for good
    private boolean mustRepeat; // something was refused
    private Outgoing outgoing;
    private ProcessedMailbox incoming;
    private long said; // of what it has processed

    /** @param epoch as an earlier instance knew it, or null */
    ReferenceSession(World world, ReferenceClient client, SessionId id, RoomId room, @Nullable Epoch epoch) {
        this.world = world;
        this.client = client;
        this.id = id;
        this.room = room;
        this.epoch = epoch;
        this.isForeign = epoch != null;
        this.outgoing = new Outgoing(world, id);
        this.incoming = new ProcessedMailbox(world, client.name(), id, NONE);
    }

    RoomId room() {
        return room;
    }

    @Nullable
    Epoch epoch() {
        return epoch;
    }

    Map<SessionId, Boolean> peers() {
        return incoming.peers();
    }

    /** Whether it may be used now. */
    boolean isThere() {
        return standing == Standing.THERE;
    }

    /** Whether it has ended by its own will. */
    boolean mayComeAgain() {
        return standing == Standing.OVER && !isTaken && client.isConnected();
    }

    /** Whether others of its room may count on it: it has been told that it is in. */
    boolean isIn() {
        return epoch != null && !isForeign && standing != Standing.OVER && standing != Standing.LEAVING;
    }

    // What it does.

    /** Asks for the session on the connection that its client has now. */
    void ask() {
        if (standing == Standing.OVER) {
            return;
        }
        standing = standing == Standing.LEAVING ? Standing.LEAVING : Standing.ASKING;
        mustRepeat = false;
        if (epoch == null) {
            client.create(id, room);
        } else {
            said = incoming.processed();
            client.resume(id, new Position(epoch, said, outgoing.sent(), outgoing.acknowledged()));
        }
    }

    void send(Signal signal) {
        if (epoch != null) {
            long seq = outgoing.add(signal);
            world.sent(id, room, signal, new Source(epoch, seq));
            client.relay(id, seq, signal);
        }
    }

    /** Says what it has processed, if that is news. */
    void acknowledge() {
        if (said != incoming.processed()) {
            said = incoming.processed();
            client.acknowledge(id, said);
        }
    }

    /** Does again what was refused. */
    void repeat() {
        if (mustRepeat && client.isConnected()) {
            mustRepeat = false;
            switch (standing) {
                case ASKING -> ask();
                case THERE -> repeatSignals();
                case LEAVING -> destroy();
                default -> {}
            }
        }
    }

    void destroy() {
        standing = Standing.LEAVING;
        client.destroy(id);
    }

    private void repeatSignals() {
        outgoing.repeat((seq, signal) -> client.relay(id, seq, signal));
    }

    /** Creates it again after it has ended. */
    void createAgain() {
        standing = Standing.AWAY;
        ask();
    }

    /** Creates it anew in {@code next} without leaving where it is. */
    void move(RoomId next) {
        forget();
        room = next;
        ask();
    }

    /** Its connection is gone. */
    void lose() {
        standing = standing == Standing.THERE || standing == Standing.ASKING ? Standing.AWAY : standing;
    }

    /** It is no more, or no more this client's. */
    void over() {
        forget();
        standing = Standing.OVER;
    }

    private void forget() {
        world.deliveries.beginAnew(id);
        epoch = null;
        isForeign = false;
        mustRepeat = false;
        outgoing = new Outgoing(world, id);
        incoming = new ProcessedMailbox(world, client.name(), id, NONE);
        said = 0;
    }

    // What it is told.

    void told(ServerEvent event) {
        if (standing == Standing.OVER) {
            return;
        }
        if (event instanceof ServerEvent.Delivery delivery) {
            if (standing != Standing.ASKING) { // or it is of what it has left
                incoming.process(delivery);
            }
        } else if (event instanceof ServerEvent.Created created && created.epoch() != null) {
            begin(created.epoch(), created.peers());
            if (created.last() > 0) {
                incoming.greetAt(created.last(), created.peers());
            }
        } else if (event instanceof ServerEvent.Resumed resumed) {
            goOn(resumed);
        } else if (event instanceof ServerEvent.Reset reset) {
            world.require(world.faultMix.explain(reset.reason()), () -> id + " is reset without a reason: " + reset);
            lost(reset);
            begin(reset.epoch(), reset.peers());
        } else if (event instanceof ServerEvent.Rejected rejected) {
            refused(rejected);
        } else if (event instanceof ServerEvent.CreateRefused refused) {
            world.require(refused.code() == ErrorCode.STORE_FAILED, () -> "unfounded: " + refused);
            mustRepeat = true;
        } else {
            end(event);
        }
    }

    /** What was acknowledged and is not there any more is named, by number or, of an epoch that is unknown, as a whole. */
    private void lost(ServerEvent.Reset reset) {
        if (reset.reason() == ResetReason.STORE_WENT_BACK || reset.acceptedSeq() == null) {
            Long received = reset.acceptedSeq();
            world.deliveries.lost(id, epoch, received == null ? 0 : received);
        }
    }

    private void begin(Epoch next, List<RoomPeer> present) {
        boolean isLeaving = standing == Standing.LEAVING;
        if (!next.equals(epoch) || isForeign) {
            forget();
            epoch = next;
            incoming = new ProcessedMailbox(world, client.name(), id, next);
        }
        incoming.greet(present);
        settleIn(isLeaving);
    }

    private void goOn(ServerEvent.Resumed resumed) {
        boolean fits = resumed.epoch().equals(epoch) && !isForeign && resumed.last() >= incoming.processed();
        world.require(fits, () -> id + " cannot go on with " + resumed);
        if (resumed.peers() != null) {
            incoming.greetAt(resumed.last(), resumed.peers());
        }
        outgoing.acknowledged(resumed.acceptedSeq());
        repeatSignals();
        settleIn(standing == Standing.LEAVING);
    }

    private void settleIn(boolean isLeaving) {
        standing = Standing.THERE;
        if (isLeaving) {
            destroy();
        }
    }

    void acknowledged(long received) {
        if (standing == Standing.THERE) {
            outgoing.acknowledged(received);
        }
    }

    private void refused(ServerEvent.Rejected rejected) {
        boolean isFair = rejected.code() != ErrorCode.BAD_ACK
                && (rejected.code() != ErrorCode.UNKNOWN_SESSION || standing != Standing.THERE);
        world.require(isFair, () -> id + " is refused without a reason: " + rejected);
        mustRepeat |= standing != Standing.ASKING || rejected.code() == ErrorCode.BUSY;
    }

    private void end(ServerEvent event) {
        boolean isGone = event instanceof ServerEvent.Gone;
        world.require(!isGone || world.faultMix.mayEnd(), () -> id + " is gone without a reason");
        boolean comesAgain = isGone && standing != Standing.LEAVING;
        isTaken = event instanceof ServerEvent.TakenOver;
        if (isGone) {
            world.deliveries.lost(id, epoch, 0);
        }
        over();
        if (comesAgain) {
            createAgain();
        }
    }
}
