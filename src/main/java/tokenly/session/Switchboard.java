package tokenly.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way into the model, and the one bean that the endpoint and the status share. It brings whatever happens to the lane
 * of the room concerned, where the fence is checked: a connection that does not hold a session is told the same as if
 * there were none. Thread-safe; no method waits.
 */
@ApplicationScoped
public class Switchboard {

    private final ReconnectModel reconnects;
    private final Registry registry;
    private final Lifecycle lifecycle;
    private final Admission admission;
    private final Resumption resumption;
    private final Relay relay;
    private final ConcurrentMap<Connection, Holder> holders = new ConcurrentHashMap<>(); // of all open connections
    private final AtomicLong order = new AtomicLong(); // of the connection that was opened last

    @Inject
    public Switchboard(ReconnectModel reconnects, Store store, Timer timer, Limits limits, Lanes lanes) {
        this.reconnects = reconnects;
        this.registry = new Registry(lanes, store, timer, limits);
        this.lifecycle = new Lifecycle(registry, reconnects, timer, limits);
        Handover handover = new Handover(reconnects);
        this.admission = new Admission(registry, lifecycle, handover, limits);
        this.resumption = new Resumption(registry, handover);
        this.relay = new Relay(handover, timer, new QueueBudget(lanes.maxBytes()));
    }

    /** For the client proxy that CDI puts before this bean; no method ever runs on what this makes. */
    @SuppressWarnings("NullAway")
    protected Switchboard() {
        reconnects = null;
        registry = null;
        lifecycle = null;
        admission = null;
        resumption = null;
        relay = null;
    }

    /** Takes over what an earlier run of the server has left; called once, before any connection is open. */
    public void restore(Store.Recovered recovered) {
        IdentityHashMap<Message, MailboxItem> items =
                new IdentityHashMap<>(); // a message of many mailboxes is one item
        List<Session> sessions = new ArrayList<>(recovered.sessions().size());
        for (Store.Image image : recovered.sessions()) {
            Session session = new Session(image, registry.room(image.room()));
            session.restore(image.messages(), items);
            registry.enter(session); // at once: a client that asks for it meanwhile waits for its lane
            sessions.add(session);
        }
        for (Session session : sessions) {
            session.room.lane.add(() -> lifecycle.restore(session, recovered.isComplete()));
        }
        if (recovered.isComplete()) { // else all begin anew, with empty mailboxes
            sessions.stream()
                    .map(session -> session.room)
                    .distinct()
                    .forEach(room -> room.lane.add(() -> lifecycle.fit(room, recovered.shed())));
        }
    }

    /** {@code connection} is open, and counts as such until it is {@link #closed}. */
    public void opened(Connection connection) {
        holders.put(connection, new Holder(connection, order.incrementAndGet()));
    }

    /**
     * {@code create-peer}: answers with {@link Notice.Created} or {@link Notice.CreateRefused}.
     *
     * @param claim null for a plain client
     */
    public void create(Connection connection, SessionId id, RoomId room, @Nullable Claim claim) {
        holder(connection).ifPresent(holder -> {
            holder.ask(1);
            admission.decide(new Admission.Request(holder, id, room, claim));
        });
    }

    /**
     * {@code resume} of one session: answers with {@link Notice.Resumed}, {@link Notice.Reset} or {@link Notice.Gone},
     * before anything else of the new attachment.
     */
    public void resume(Connection connection, SessionId id, Claim claim, Position position) {
        resume(connection, List.of(new Returning(id, claim, position)));
    }

    /** {@code resume} of several sessions: as one after the other, of which none is the only one that {@code connection} holds. */
    public void resume(Connection connection, List<Returning> sessions) {
        holder(connection).ifPresent(holder -> {
            holder.ask(sessions.size());
            sessions.forEach(session -> resumption.decide(
                    new Resumption.Request(holder, session.id(), session.claim(), session.position())));
        });
    }

    /** A session whose client is back, what that shows, and where it stands. */
    public record Returning(SessionId id, Claim claim, Position position) {}

    /**
     * A signal of session {@code from}: delivered to its addressees, or answered with what stands in the way.
     *
     * @param seq its number in the sender's own numbering; for a plain session it means nothing
     */
    public void relay(Connection connection, SessionId from, long seq, Signal signal) {
        registry.session(from)
                .ifPresentOrElse(
                        session -> {
                            if (!relay.offer(connection, session, seq, signal)) {
                                reject(connection, from, Notice.Rejection.BUSY);
                            }
                        },
                        () -> reject(connection, from, Notice.Rejection.UNKNOWN_SESSION));
    }

    /** {@code ack}: session {@code id} has processed its mailbox up to {@code received}. While its room is busy, forgotten. */
    public void acknowledge(Connection connection, SessionId id, long received) {
        registry.session(id)
                .ifPresent(session -> session.room.lane.offer(() -> {
                    if (session.isHeldBy(connection)) {
                        acknowledge(session, received);
                    }
                    return Lane.DONE;
                }));
    }

    private void acknowledge(Session session, long received) {
        long before = session.mailbox().trimmed();
        if (!session.acknowledge(received)) {
            session.tell(new Notice.Rejected(session.id, Notice.Rejection.BAD_ACK, null));
        } else if (session.mailbox().trimmed() > before) {
            session.room.log.deferTrim(session);
        }
    }

    /** {@code connection} has room again: its sessions get more of their mailboxes. */
    public void drained(Connection connection) {
        holder(connection).stream()
                .flatMap(holder -> holder.drained().stream())
                .forEach(session -> session.room.lane.add(() -> {
                    session.pump();
                    return Lane.DONE;
                }));
    }

    /** {@code destroy-peer}: answers with {@link Notice.Destroyed}. */
    public void destroy(Connection connection, SessionId id) {
        onLane(connection, id, session -> () -> destroy(connection, session));
    }

    /**
     * {@code connection} is gone: its sessions leave or wait. Only the first call for a connection counts. It stays in the
     * count of open connections until the last of its sessions is settled, so that the status never shows neither.
     */
    public void closed(Connection connection, Departure departure) {
        holder(connection).ifPresent(holder -> holder.close().ifPresent(held -> settle(holder, held, departure)));
    }

    /** Whether {@code connection} holds no session, and has asked for none that it may still get; also if it is gone. */
    public boolean holdsNone(Connection connection) {
        return holder(connection).map(Holder::isEmpty).orElse(true);
    }

    /** The reconnect model now; reads a snapshot and enters no lane. */
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
     * @return completes when the last close is with the container; a client that does not read may keep it from that for ever
     */
    public CompletionStage<?> stop() {
        return CompletableFuture.allOf(holders.keySet().stream()
                .map(connection -> connection.stop().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private Optional<Holder> holder(Connection connection) {
        return Optional.ofNullable(holders.get(connection));
    }

    private void settle(Holder holder, List<Session> held, Departure departure) {
        AtomicInteger unsettled = new AtomicInteger(held.size());
        if (held.isEmpty()) {
            holders.remove(holder.connection);
        }
        for (Session session : held) {
            session.room.lane.addLater(() -> depart(session, holder, departure).whenComplete((settled, failure) -> {
                if (unsettled.decrementAndGet() == 0) {
                    holders.remove(holder.connection);
                }
            }));
        }
    }

    /** As {@link Lifecycle#depart}; a failure is one of the stage. */
    private CompletionStage<?> depart(Session session, Holder holder, Departure departure) {
        try {
            return lifecycle.depart(session, holder, departure);
        } catch (RuntimeException | Error bug) {
            return CompletableFuture.failedStage(bug);
        }
    }

    /** Brings a step about session {@code id} to the lane of its room; where it cannot, it tells {@code connection} so. */
    private void onLane(Connection connection, SessionId id, Function<Session, Lane.Step> step) {
        Optional<Session> session = registry.session(id);
        if (session.isEmpty()) {
            reject(connection, id, Notice.Rejection.UNKNOWN_SESSION);
        } else if (!session.get().room.lane.offer(step.apply(session.get()))) {
            reject(connection, id, Notice.Rejection.BUSY);
        }
    }

    private CompletionStage<?> destroy(Connection connection, Session session) {
        if (!session.isHeldBy(connection)) {
            reject(connection, session.id, Notice.Rejection.UNKNOWN_SESSION);
            return Lane.DONE;
        }
        return lifecycle.end(session, EndReason.LEFT).thenRun(() -> connection.send(new Notice.Destroyed(session.id)));
    }

    private static void reject(Connection connection, SessionId id, Notice.Rejection rejection) {
        connection.send(new Notice.Rejected(id, rejection, null));
    }
}
