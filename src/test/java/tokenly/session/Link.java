package tokenly.session;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection as the network makes it: what goes up and what comes down waits here until its world lets it arrive, or
 * loses it.
 */
final class Link implements Connection {

    /** Frames that wait to come down before it says that it has no room. */
    private static final int ROOM = 6;

    /** Who reads what comes down. */
    interface Owner {

        Permit permit();

        void told(ServerEvent event);

        void acknowledged(SessionId session, long acceptedSeq);

        /** The connection is gone; {@code reason} is null unless the server has said why. */
        void lost(@Nullable CloseReason reason);
    }

    private final Account account = Account.unbounded();
    private final World world;
    private final String name;
    private final Owner owner;
    private final Queue<Runnable> up = new ArrayDeque<>();
    private final Queue<Runnable> down = new ArrayDeque<>();
    private final Map<SessionId, Long> owed = new LinkedHashMap<>();
    private @Nullable CompletableFuture<Boolean> probe;
    private @Nullable CloseReason reason;
    private boolean isAwaited;
    private boolean isAbandoned; // its client has given it up
    private boolean isGone; // and the server knows
    private boolean isDropped; // what is sent goes nowhere, since it was too slow
    boolean isSlow;

    Link(World world, String name, Owner owner) {
        this.world = world;
        this.name = name;
        this.owner = owner;
    }

    // What the model may do with it.

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Permit permit() {
        return owner.permit();
    }

    @Override
    public void send(ServerEvent event) {
        if (isGone && event instanceof ServerEvent.Delivery) {
            return;
        }
        if (world.monitor.sees(this, event)) {
            owed.remove(event.session());
        }
        if (!isGone && !isDropped) {
            down.add(() -> owner.told(event));
        }
    }

    @Override
    public void send(List<ServerEvent.Delivery> deliveries) {
        deliveries.forEach(this::send);
    }

    @Override
    public void acknowledge(SessionId session, long acceptedSeq) {
        world.monitor.seesAck(this, session, acceptedSeq);
        owed.merge(session, acceptedSeq, Math::max);
    }

    @Override
    public boolean hasRoom() {
        boolean hasRoom = !isSlow && down.size() < ROOM;
        isAwaited |= !hasRoom;
        return hasRoom;
    }

    @Override
    public CompletionStage<Boolean> probe() {
        if (isGone) {
            return CompletableFuture.completedStage(false);
        }
        probe = probe == null ? new CompletableFuture<>() : probe;
        return probe;
    }

    @Override
    public void close(CloseReason why) {
        reason = reason == null ? why : reason;
        if (why == CloseReason.TOO_SLOW) {
            isDropped = true;
            down.clear();
        }
    }

    @Override
    public CompletionStage<?> stop() {
        throw new UnsupportedOperationException("servers of this world are killed");
    }

    // What the client and the world may do with it.

    /** Sends a frame: {@code frame} is what the server does when it arrives. */
    void up(Runnable frame) {
        up.add(frame);
    }

    boolean isGone() {
        return isGone;
    }

    boolean isProbed() {
        return !isGone && probe != null;
    }

    /** Answers the probe that waits, if one does. */
    void answer() {
        answerProbe(true);
    }

    boolean isClosing() {
        return reason != null;
    }

    boolean isOver() {
        return isGone || isAbandoned || reason != null;
    }

    boolean hasUp() {
        return !isGone && !up.isEmpty();
    }

    boolean hasDown() {
        return !isAbandoned && !isGone && !down.isEmpty();
    }

    /** One frame arrives at the server. */
    void deliverUp() {
        up.remove().run();
        answer();
    }

    /** One frame arrives at the client. */
    void deliverDown() {
        down.remove().run();
        drain();
    }

    /** It has room again, if it has. */
    void drain() {
        if (isAwaited && !isSlow && down.size() < ROOM / 2) {
            isAwaited = false;
            world.switchboard.drained(this);
        }
    }

    void flushAcks() {
        Map<SessionId, Long> acceptedSeqs = new LinkedHashMap<>(owed);
        owed.clear();
        if (!isDropped) {
            acceptedSeqs.forEach((session, acceptedSeq) -> down.add(() -> owner.acknowledged(session, acceptedSeq)));
        }
    }

    /** Its client gives it up; the server may not know for long, and may still get what was sent. */
    void abandon(boolean losesWhatIsUnderWay) {
        isAbandoned = true;
        if (losesWhatIsUnderWay) {
            up.clear();
        }
    }

    /** The server finds it lost, or has closed it; so does the client. */
    void end(DisconnectReason reason) {
        if (!isGone) {
            isGone = true;
            world.switchboard.closed(this, reason);
            answerProbe(false);
            hangUp();
        }
    }

    /** The server is no more. */
    void hangUp() {
        isGone = true;
        if (!isAbandoned) {
            isAbandoned = true;
            owner.lost(reason);
        }
    }

    private void answerProbe(boolean isAlive) {
        CompletableFuture<Boolean> asked = probe;
        probe = null;
        if (asked != null) {
            asked.complete(isAlive);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
