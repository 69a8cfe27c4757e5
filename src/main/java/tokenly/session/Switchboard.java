package tokenly.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/**
 * The way into the model, and the one bean that the endpoint and the status share. It brings whatever happens to the executor
 * of the room concerned, where the fence is checked: a connection that does not hold a session is told the same as if
 * there were none. Thread-safe; no method waits.
 */
@ApplicationScoped
public class Switchboard {

    private final ReconnectModel reconnects;
    private final Registry registry;
    private final Lifecycle lifecycle;
    private final Restoration restoration;
    private final Abandonment abandonment;
    private final Admission admission;
    private final Resumption resumption;
    private final Router router;
    private final ConcurrentMap<Connection, ConnectionSessions> holders =
            new ConcurrentHashMap<>(); // of all open connections
    private final AtomicLong order = new AtomicLong(); // of the connection that was opened last

    @Inject
    public Switchboard(ReconnectModel reconnects, Store store, Timer timer, Limits limits, RoomExecutors executors) {
        this.reconnects = reconnects;
        this.registry = new Registry(executors, store, timer, limits);
        this.lifecycle = new Lifecycle(registry, reconnects, timer, limits);
        this.restoration = new Restoration(registry, lifecycle);
        this.abandonment = new Abandonment(registry, reconnects);
        Handover handover = new Handover(reconnects);
        this.admission = new Admission(registry, lifecycle, handover, limits);
        this.resumption = new Resumption(registry, handover);
        this.router = new Router(handover, timer, new QueueBudget(executors.maxBytes()));
    }

    /** For the client proxy that CDI puts before this bean; no method ever runs on what this makes. */
    @SuppressWarnings("NullAway")
    protected Switchboard() {
        reconnects = null;
        registry = null;
        lifecycle = null;
        restoration = null;
        abandonment = null;
        admission = null;
        resumption = null;
        router = null;
    }

    /** Takes over what an earlier run of the server has left, before anything else is asked of its rooms. */
    public void restore(Store.Recovered recovered) {
        restoration.restore(recovered);
    }

    /**
     * Forgets all rooms of {@code shard}, which belong to another server now; their clients are told to ask again.
     *
     * @return completes when nothing of them is left; meanwhile nothing may be asked of them
     */
    public CompletionStage<?> abandon(int shard) {
        return abandonment.abandon(shard);
    }

    /** {@code connection} is open, and counts as such until it is {@link #closed}. */
    public void opened(Connection connection) {
        holders.put(connection, new ConnectionSessions(connection, order.incrementAndGet()));
    }

    /**
     * {@code create-peer}: answers with {@link ServerEvent.Created} or {@link ServerEvent.CreateRefused}.
     *
     * @param credentials null for a plain client
     */
    public void create(Connection connection, SessionId id, RoomId room, @Nullable Credentials credentials) {
        holder(connection).ifPresent(holder -> {
            holder.ask(1);
            admission.decide(new CreateRequest(holder, id, room, credentials));
        });
    }

    /**
     * {@code resume} of one session: answers with {@link ServerEvent.Resumed}, {@link ServerEvent.Reset} or {@link ServerEvent.Gone},
     * before anything else of the new attachment.
     */
    public void resume(Connection connection, SessionId id, Credentials credentials, Position position) {
        resume(connection, List.of(new Returning(id, credentials, position)));
    }

    /** {@code resume} of several sessions: as one after the other, of which none is the only one that {@code connection} holds. */
    public void resume(Connection connection, List<Returning> sessions) {
        holder(connection).ifPresent(holder -> {
            holder.ask(sessions.size());
            sessions.forEach(session -> resumption.decide(
                    new Resumption.Request(holder, session.id(), session.credentials(), session.position())));
        });
    }

    /** A session whose client is back, what that shows, and where it stands. */
    public record Returning(SessionId id, Credentials credentials, Position position) {}

    /**
     * A signal of session {@code from}: delivered to its addressees, or answered with what stands in the way.
     *
     * @param seq its number in the sender's own numbering; for a plain session it means nothing
     */
    public void relay(Connection connection, SessionId from, long seq, Signal signal) {
        relay(connection, from, seq, signal, null);
    }

    /**
     * The same for one owner of the addressee's id.
     *
     * @param owner null for any
     */
    public void relay(Connection connection, SessionId from, long seq, Signal signal, @Nullable Incarnation owner) {
        registry.session(from)
                .ifPresentOrElse(
                        session -> {
                            if (!router.offer(connection, session, seq, signal, owner)) {
                                reject(connection, from, ErrorCode.BUSY);
                            }
                        },
                        () -> reject(connection, from, ErrorCode.UNKNOWN_SESSION));
    }

    /** {@code ack}: session {@code id} has processed its mailbox up to {@code received}. While its room is busy, the last one waits for all. */
    public void acknowledge(Connection connection, SessionId id, long received) {
        Reading.Ack ack = new Reading.Ack(connection, received);
        registry.session(id).ifPresent(session -> {
            if (!session.room.executor.offer(() -> Reading.acknowledge(session, ack))
                    && session.lateAck.getAndSet(ack) == null) {
                session.room.executor.addLater(() -> Reading.acknowledge(session, session.lateAck.getAndSet(null)));
            }
        });
    }

    /** {@code connection} has room again: its sessions get more of their mailboxes. The timer's thread may call this. */
    public void drained(Connection connection) {
        holder(connection).stream()
                .flatMap(holder -> holder.drained().stream())
                .collect(Collectors.groupingBy(
                        session -> session.room)) // one step for each room, which may have hundreds of them
                .forEach((room, sessions) -> room.executor.addLater(() -> {
                    sessions.forEach(Session::pump);
                    return RoomExecutor.DONE;
                }));
    }

    /** {@code destroy-peer}: answers with {@link ServerEvent.Destroyed}. */
    public void destroy(Connection connection, SessionId id) {
        onExecutor(connection, id, session -> () -> destroy(connection, session));
    }

    /** {@code leave}: ends all sessions that {@code connection} holds, and answers for each with {@link ServerEvent.Destroyed}; it gets no more. */
    public void leave(Connection connection) {
        holder(connection).stream()
                .flatMap(holder -> holder.leave().stream())
                .forEach(session -> session.room.executor.add(() -> destroy(connection, session)));
    }

    /** How many sessions {@code connection} holds. */
    public int held(Connection connection) {
        return holder(connection).map(ConnectionSessions::size).orElse(0);
    }

    /** Whether {@code connection} holds session {@code id} at this moment. */
    public boolean holds(Connection connection, SessionId id) {
        return registry.session(id).stream()
                .anyMatch(session -> holder(connection).stream().anyMatch(holder -> holder.holds(session)));
    }

    /**
     * {@code connection} is gone: its sessions leave or wait. Only the first call for a connection counts. It stays in the
     * count of open connections until the last of its sessions is settled, so that the status never shows neither.
     */
    public void closed(Connection connection, DisconnectReason reason) {
        holder(connection)
                .ifPresent(holder -> holder.close()
                        .ifPresent(held -> lifecycle.depart(held, holder, reason, () -> holders.remove(connection))));
    }

    /** Whether {@code permit} grants each session that {@code connection} holds. */
    public boolean holdsOnly(Connection connection, Permit permit) {
        return holder(connection).stream().allMatch(holder -> holder.holdsOnly(permit));
    }

    /** Whether {@code connection} holds no session, and has asked for none that it may still get; also if it is gone. */
    public boolean holdsNone(Connection connection) {
        return holder(connection).map(ConnectionSessions::isEmpty).orElse(true);
    }

    /** The reconnect model now; reads a snapshot and enters no executor. */
    public Status status() {
        boolean wasOpen = !holders.isEmpty();
        Status status = reconnects.status(wasOpen, registry.sessionCount());
        boolean openedMeanwhile = !wasOpen && !holders.isEmpty();
        return openedMeanwhile ? reconnects.status(true, registry.sessionCount()) : status;
    }

    Optional<Session> session(SessionId id) {
        return registry.session(id);
    }

    int roomCount() {
        return registry.roomCount();
    }

    /**
     * Ends every connection because the server stops.
     *
     * @return completes when the last one is gone; a client that does not read may keep it from that for ever
     */
    public CompletionStage<?> stop() {
        return CompletableFuture.allOf(holders.keySet().stream()
                .map(connection -> connection.stop().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private Optional<ConnectionSessions> holder(Connection connection) {
        return Optional.ofNullable(holders.get(connection));
    }

    /** Brings a step about session {@code id} to the executor of its room; where it cannot, it tells {@code connection} so. */
    private void onExecutor(Connection connection, SessionId id, Function<Session, RoomExecutor.Step> step) {
        Optional<Session> session = registry.session(id);
        if (session.isEmpty()) {
            reject(connection, id, ErrorCode.UNKNOWN_SESSION);
        } else if (!session.get().room.executor.offer(step.apply(session.get()))) {
            reject(connection, id, ErrorCode.BUSY);
        }
    }

    private CompletionStage<?> destroy(Connection connection, Session session) {
        if (!session.hold.isBy(connection)) {
            reject(connection, session.id, ErrorCode.UNKNOWN_SESSION);
            return RoomExecutor.DONE;
        }
        return lifecycle.end(session, EndReason.LEFT).thenRun(() -> {
            if (session.hasEnded()) {
                connection.send(new ServerEvent.Destroyed(session.id));
            }
        });
    }

    private static void reject(Connection connection, SessionId id, ErrorCode rejection) {
        connection.send(new ServerEvent.Rejected(id, rejection, null));
    }
}
