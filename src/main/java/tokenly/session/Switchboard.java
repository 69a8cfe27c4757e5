package tokenly.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

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
    private final ConcurrentMap<Connection, Holder> holders = new ConcurrentHashMap<>(); // of all open connections

    @Inject
    public Switchboard(ReconnectModel reconnects, Store store, Timer timer, Limits limits, Lanes lanes) {
        this.reconnects = reconnects;
        this.registry = new Registry(lanes);
        this.lifecycle = new Lifecycle(registry, reconnects, store, timer, limits.goingAwayGrace());
        this.admission = new Admission(registry, lifecycle, limits);
    }

    /** For the client proxy that CDI puts before this bean; no method ever runs on what this makes. */
    @SuppressWarnings("NullAway")
    protected Switchboard() {
        reconnects = null;
        registry = null;
        lifecycle = null;
        admission = null;
    }

    /** {@code connection} is open, and counts as such until it is {@link #closed}. */
    public void opened(Connection connection) {
        holders.put(connection, new Holder(connection));
    }

    /** {@code create-peer}: answers with {@link Notice.Created} or {@link Notice.CreateRefused}. */
    public void create(Connection connection, SessionId id, RoomId room) {
        Holder holder = holders.get(connection);
        if (holder != null) {
            admission.decide(new Admission.Request(holder, id, room));
        }
    }

    /** A signal of session {@code from}: delivered to its addressees, or answered with what stands in the way. */
    public void relay(Connection connection, SessionId from, Signal signal) {
        onLane(connection, from, session -> relay(session, signal));
    }

    /** {@code destroy-peer}: answers with {@link Notice.Destroyed}. */
    public void destroy(Connection connection, SessionId id) {
        onLane(
                connection,
                id,
                session -> lifecycle
                        .end(session, EndReason.LEFT)
                        .thenRun(() -> connection.send(new Notice.Destroyed(id))));
    }

    /**
     * {@code connection} is gone: its sessions leave or wait. Only the first call for a connection counts. It stays in the
     * count of open connections until the last of its sessions is settled, so that the status never shows neither.
     */
    public void closed(Connection connection, Departure departure) {
        Holder holder = holders.get(connection);
        if (holder != null) {
            holder.close().ifPresent(held -> settle(holder, held, departure));
        }
    }

    /** The reconnect model now; reads a snapshot and enters no lane. */
    public Status status() {
        boolean wasOpen = !holders.isEmpty();
        Status status = reconnects.status(wasOpen, registry.sessionCount());
        boolean openedMeanwhile = !wasOpen && !holders.isEmpty();
        return openedMeanwhile ? reconnects.status(true, registry.sessionCount()) : status;
    }

    int roomCount() {
        return registry.roomCount();
    }

    /** Ends every connection because the server stops. */
    public void stop() {
        holders.keySet().forEach(Connection::stop);
    }

    private void settle(Holder holder, List<Session> held, Departure departure) {
        AtomicInteger unsettled = new AtomicInteger(held.size());
        if (held.isEmpty()) {
            holders.remove(holder.connection);
        }
        for (Session session : held) {
            session.room.lane.add(() -> lifecycle
                    .depart(session, holder, departure)
                    .whenComplete((settled, failure) -> {
                        if (unsettled.decrementAndGet() == 0) {
                            holders.remove(holder.connection);
                        }
                    }));
        }
    }

    private CompletionStage<?> relay(Session sender, Signal signal) {
        if (signal.to() != null) {
            return relayTo(sender, signal.to(), signal);
        }
        List<Session> present =
                sender.room.others(sender).stream().filter(Session::isConnected).toList();
        return present.isEmpty() ? Lane.DONE : deliver(sender, present, signal);
    }

    private CompletionStage<?> relayTo(Session sender, SessionId to, Signal signal) {
        Optional<Session> addressee = sender.room.other(sender, to);
        if (addressee.filter(Session::isConnected).isPresent()) {
            return deliver(sender, List.of(addressee.get()), signal);
        }
        sender.tell(new Notice.Undeliverable(
                sender.id, to, addressee.isPresent() ? Notice.Obstacle.AWAY : Notice.Obstacle.UNKNOWN_PEER));
        return Lane.DONE;
    }

    private CompletionStage<?> deliver(Session sender, List<Session> to, Signal signal) {
        List<SessionId> ids = to.stream().map(session -> session.id).toList();
        Message message = new Message.Signalled(sender.id, signal);
        return lifecycle.write(
                new Store.Entry.Relayed(sender.id, ids, signal),
                () -> to.forEach(session -> session.deliver(message)),
                () -> sender.tell(new Notice.Rejected(sender.id, Notice.Rejection.STORE_FAILED)));
    }

    /** A step about a session, on the lane of its room. */
    private interface SessionStep {
        CompletionStage<?> run(Session session);
    }

    private void onLane(Connection connection, SessionId id, SessionStep step) {
        Optional<Session> session = registry.session(id);
        if (session.isEmpty()) {
            reject(connection, id, Notice.Rejection.UNKNOWN_SESSION);
        } else if (!session.get().room.lane.offer(() -> ifHeld(connection, session.get(), step))) {
            reject(connection, id, Notice.Rejection.BUSY);
        }
    }

    private static CompletionStage<?> ifHeld(Connection connection, Session session, SessionStep step) {
        if (session.isHeldBy(connection)) {
            return step.run(session);
        }
        reject(connection, session.id, Notice.Rejection.UNKNOWN_SESSION);
        return Lane.DONE;
    }

    private static void reject(Connection connection, SessionId id, Notice.Rejection rejection) {
        connection.send(new Notice.Rejected(id, rejection));
    }
}
