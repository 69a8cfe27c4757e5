package tokenly.cluster;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import tokenly.protocol.Subprotocol;
import tokenly.session.Account;
import tokenly.session.DisconnectReason;
import tokenly.session.SessionId;
import tokenly.session.Switchboard;
import tokenly.socket.Requests;
import tokenly.wire.BadFrameException;
import tokenly.wire.Decoder;
import tokenly.wire.IceServers;
import tokenly.wire.Incoming;

/** The end of a link at the node that owns rooms: the clients of another node, which have sessions here. */
final class Hub implements LinkTransport.Receiver {

    /** A reason to close a connection that is none of the model: its token does not grant what it holds. */
    static final String NOT_GRANTED = "NOT_GRANTED";

    /** The id of a session that was asked for is free, and its room at another node. */
    static final String FREE = "free";

    /** The shard is not at this node, or not yet; any other reason is the number of the one in which the id is in use. */
    static final String NOT_HERE = "not-here";

    private static final System.Logger LOG = System.getLogger(Hub.class.getName());

    private final LinkTransport.Socket socket;
    private final LinkQueue queue;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final Parts parts;
    private final Map<Long, RemoteConnection> connections = new ConcurrentHashMap<>();
    private volatile Duration lastHeard;

    /**
     * What it works with.
     *
     * @param isHere whether a shard may be asked here
     * @param accounts those of the client addresses, which count here, too
     * @param executor runs what must not run under the lock of a caller
     * @param whenClosed gets each hub that is over
     */
    record Parts(
            Switchboard switchboard,
            Creates creates,
            IntPredicate isHere,
            Function<String, Account> accounts,
            IceServers iceServers,
            Supplier<Duration> now,
            Executor executor,
            Consumer<Hub> whenClosed) {}

    Hub(LinkTransport.Socket socket, Parts parts) {
        this.socket = socket;
        this.queue = new LinkQueue(socket::send, this::closed, parts.executor());
        this.parts = parts;
        this.lastHeard = parts.now().get();
    }

    @Override
    public void message(String text) {
        if (isClosed.get()) {
            return; // what lay in the network while this node was frozen
        }
        lastHeard = parts.now().get();
        try {
            LinkFrames.each(text, this::take);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "what another node says cannot be taken: its link is closed", bug);
            closed();
        }
    }

    private void take(LinkFrame frame) {
        if (frame.kind() == LinkFrame.Kind.BEAT) {
            queue.send(frame);
        } else if (frame.kind() == LinkFrame.Kind.OPEN) {
            open(frame.connection(), frame.fields(3));
        } else {
            RemoteConnection connection = connections.get(frame.connection());
            if (connection != null) {
                take(frame, connection);
            }
        }
    }

    private void open(long number, List<String> fields) {
        RemoteConnection connection = new RemoteConnection(
                number,
                queue::send,
                Subprotocol.valueOf(fields.get(0)),
                parts.accounts().apply(fields.get(1)),
                PermitText.decode(fields.get(2)),
                parts.switchboard(),
                parts.iceServers(),
                parts.creates());
        connections.put(number, connection);
        parts.switchboard().opened(connection);
        if (isClosed.get()) {
            connection.gone(DisconnectReason.LOST);
        }
    }

    private void take(LinkFrame frame, RemoteConnection connection) {
        switch (frame.kind()) {
            case FRAME -> bring(frame.connection(), frame.fields(4), connection);
            case PERMIT -> {
                if (!connection.permit(PermitText.decode(frame.body()))) {
                    queue.send(LinkFrame.of(LinkFrame.Kind.CLOSE, frame.connection(), NOT_GRANTED));
                }
            }
            case ROOM -> connection.sentOn(Long.parseLong(frame.body()));
            case PROBED -> connection.probed(Boolean.parseBoolean(frame.body()));
            case CLOSED -> {
                connections.remove(frame.connection());
                connection.gone(DisconnectReason.valueOf(frame.body()));
            }
            default -> throw new IllegalArgumentException("no edge says " + frame.kind());
        }
    }

    private void bring(long number, List<String> fields, RemoteConnection connection) {
        String shard = fields.get(0);
        String session = fields.get(2);
        if (!shard.isEmpty()) {
            if (!parts.isHere().test(Integer.parseInt(shard))) {
                queue.send(LinkFrame.of(LinkFrame.Kind.ELSEWHERE, number, session, fields.get(1), NOT_HERE));
                return;
            }
            connection.asks(new SessionId(session), fields.get(1));
        }
        try {
            Incoming frame = only(Decoder.decode(fields.get(3), connection.subprotocol()), session);
            if (frame instanceof Incoming.CreatePeer create) {
                create(number, create, connection, fields);
            } else {
                Requests.bring(frame, connection, parts.switchboard());
            }
        } catch (BadFrameException bad) { // which the edge takes for a good one
            LOG.log(Level.WARNING, "another node passes on what this one refuses: {0}", bad.code());
        }
    }

    private void create(long number, Incoming.CreatePeer create, RemoteConnection connection, List<String> fields) {
        int shard = Integer.parseInt(fields.get(0));
        if (create.room().shard() != shard) {
            connection.asksForId(create.session(), shard);
        }
        parts.creates()
                .bring(
                        create,
                        connection,
                        shard,
                        () -> {},
                        other -> queue.send(LinkFrame.of(
                                LinkFrame.Kind.ELSEWHERE,
                                number,
                                create.session().value(),
                                fields.get(1),
                                Integer.toString(other))));
    }

    /** @param session the one that is meant; "" for all that {@code frame} names */
    private static Incoming only(Incoming frame, String session) {
        if (session.isEmpty() || !(frame instanceof Incoming.Resume resume)) {
            return frame;
        }
        return new Incoming.Resume(resume.sessions().stream()
                .filter(item -> item.session().value().equals(session))
                .toList());
    }

    /** Whether nothing was heard of the other node for {@code most}. */
    boolean isSilent(Duration most) {
        return parts.now().get().minus(lastHeard).compareTo(most) > 0;
    }

    /** The link is gone, and with it the clients. Ends it, if it is not gone yet. */
    @Override
    public void closed() {
        if (isClosed.compareAndSet(false, true)) {
            queue.close();
            socket.abort();
            connections.values().forEach(connection -> connection.gone(DisconnectReason.LOST));
            connections.clear();
            parts.whenClosed().accept(this);
        }
    }
}
