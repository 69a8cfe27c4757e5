package tokenly.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.Subprotocol;
import tokenly.session.Account;
import tokenly.session.CloseReason;
import tokenly.session.Connection;
import tokenly.session.DisconnectReason;
import tokenly.session.Permit;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Switchboard;
import tokenly.wire.Encoder;
import tokenly.wire.IceServers;

/**
 * The connection of a client to another node, the edge, as this node sees it that has rooms of the client. No more goes to the edge than
 * it has sent on, but for a window: a client that does not read fills no link. Thread-safe.
 */
final class RemoteConnection implements Connection {

    /** In characters that the edge may have and not have sent on. */
    private static final long WINDOW = 64 << 10;

    static final String GOES_ON = "+";

    /** As {@link #BEGINS} and {@link #IS_OVER}, the answer to what asks for the session. */
    static final String RESUMES = "=";

    static final String BEGINS = "0";
    static final String IS_OVER = "-";

    /** As {@link #IS_OVER}, but no answer to what asks for the session, which the client may do again without waiting for this. */
    static final String ENDED = "x";

    /** Numbers of sessions that are not held, kept at least, for their answers may be under way. */
    private static final int ASKS_KEPT = 1024;

    private final long number;
    private final Consumer<LinkFrame> link;
    private final Subprotocol subprotocol;
    private final Account account;
    private final Switchboard switchboard;
    private final IceServers iceServers;
    private final Creates creates;
    private volatile Permit permit;
    private final Map<SessionId, String> asks = new ConcurrentHashMap<>(2); // by number
    private final Map<SessionId, Integer> asksForIds = new ConcurrentHashMap<>(2); // that are in use in another shard
    private long unsent; // guarded by this, like all below
    private boolean isAwaited;
    private boolean isGone;
    private @Nullable CompletableFuture<Boolean> probe;

    /**
     * @param number on its link
     * @param account for whom counts what its sessions use
     */
    RemoteConnection(
            long number,
            Consumer<LinkFrame> link,
            Subprotocol subprotocol,
            Account account,
            Permit permit,
            Switchboard switchboard,
            IceServers iceServers,
            Creates creates) {
        this.number = number;
        this.link = link;
        this.subprotocol = subprotocol;
        this.account = account;
        this.permit = permit;
        this.switchboard = switchboard;
        this.iceServers = iceServers;
        this.creates = creates;
    }

    Subprotocol subprotocol() {
        return subprotocol;
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Permit permit() {
        return permit;
    }

    /** Its client has shown another token; false if that does not grant a session that it holds. */
    boolean permit(Permit next) {
        permit = next;
        return switchboard.holdsOnly(this, next);
    }

    @Override
    public void send(ServerEvent event) {
        if (event instanceof ServerEvent.Elsewhere) {
            elsewhere(event.session());
            return;
        }
        deliver(event.session(), state(event), Encoder.encode(event, iceServers));
    }

    private static String state(ServerEvent event) {
        if (event instanceof ServerEvent.Created || event instanceof ServerEvent.Reset) {
            return BEGINS;
        }
        if (event instanceof ServerEvent.Resumed) {
            return RESUMES;
        }
        if (event instanceof ServerEvent.Destroyed) {
            return ENDED;
        }
        boolean isOver = event instanceof ServerEvent.CreateRefused
                || event instanceof ServerEvent.Gone
                || event instanceof ServerEvent.TakenOver;
        return isOver ? IS_OVER : GOES_ON;
    }

    /** Its client asks for a session, for the {@code number}-th time. */
    void asks(SessionId session, String number) {
        asks.put(session, number);
        if (asks.size() > 2 * (switchboard.held(this) + ASKS_KEPT)) {
            asks.keySet().removeIf(asked -> !asked.equals(session) && !switchboard.holds(this, asked));
        }
    }

    /** It asks the session of {@code shard} that has the id so far to make way for one in a room of another shard. */
    void asksForId(SessionId session, int shard) {
        asksForIds.put(session, shard);
    }

    private void elsewhere(SessionId session) {
        Integer shard = asksForIds.remove(session);
        if (shard == null) {
            sayOf(session, LinkFrame.Kind.ELSEWHERE, Hub.NOT_HERE);
        } else {
            creates.isFree(session, shard, () -> sayOf(session, LinkFrame.Kind.ELSEWHERE, Hub.FREE));
        }
    }

    private void sayOf(SessionId session, LinkFrame.Kind kind, String... fields) {
        List<String> all = new ArrayList<>(List.of(session.value(), asks.getOrDefault(session, "0")));
        all.addAll(List.of(fields));
        say(kind, all.toArray(String[]::new));
    }

    @Override
    public void send(List<ServerEvent.Delivery> deliveries) {
        deliveries.forEach(delivery -> deliver(delivery.session(), GOES_ON, Encoder.encode(delivery)));
    }

    private void deliver(SessionId session, String state, String text) {
        synchronized (this) {
            unsent += text.length();
        }
        sayOf(session, LinkFrame.Kind.DELIVERY, state, text);
    }

    @Override
    public void acknowledge(SessionId session, long acceptedSeq) {
        sayOf(session, LinkFrame.Kind.ACK, Long.toString(acceptedSeq));
    }

    private void say(LinkFrame.Kind kind, String... fields) {
        synchronized (this) {
            if (isGone) {
                return;
            }
        }
        link.accept(LinkFrame.of(kind, number, fields));
    }

    @Override
    public synchronized boolean hasRoom() {
        boolean hasRoom = unsent < WINDOW;
        isAwaited |= !hasRoom;
        return hasRoom;
    }

    /** The edge has sent on so many characters. */
    void sentOn(long length) {
        boolean isRoomAgain;
        synchronized (this) {
            unsent -= length;
            isRoomAgain = isAwaited && unsent < WINDOW / 2;
            isAwaited &= !isRoomAgain;
        }
        if (isRoomAgain) {
            switchboard.drained(this);
        }
    }

    @Override
    public CompletionStage<Boolean> probe() {
        CompletableFuture<Boolean> asked;
        synchronized (this) {
            if (isGone) {
                return CompletableFuture.completedStage(false);
            }
            if (probe != null) {
                return probe;
            }
            asked = new CompletableFuture<>();
            probe = asked;
        }
        say(LinkFrame.Kind.PROBE, "");
        return asked;
    }

    /** The edge knows whether the client is there. */
    void probed(boolean isAlive) {
        CompletableFuture<Boolean> asked;
        synchronized (this) {
            asked = probe;
            probe = null;
        }
        if (asked != null) {
            asked.complete(isAlive);
        }
    }

    @Override
    public void close(CloseReason reason) {
        say(LinkFrame.Kind.CLOSE, reason.name());
    }

    @Override
    public void lose(SessionId session, CloseReason reason, boolean isLast) {
        sayOf(session, LinkFrame.Kind.LOSE, reason.name(), Boolean.toString(isLast));
    }

    /** It goes with its edge, whose clients ask for their sessions where those are then. */
    @Override
    public CompletionStage<?> stop() {
        gone(DisconnectReason.LOST);
        return CompletableFuture.completedStage(null);
    }

    /** The client, or its edge, is gone; only the first call counts. */
    void gone(DisconnectReason reason) {
        synchronized (this) {
            if (isGone) {
                return;
            }
            isGone = true;
        }
        switchboard.closed(this, reason);
        probed(false);
    }
}
