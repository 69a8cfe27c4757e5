package tokenly.socket;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tokenly.access.LimitHit;
import tokenly.access.Occupant;
import tokenly.access.Place;
import tokenly.access.Refusal;
import tokenly.protocol.CloseCode;
import tokenly.protocol.Subprotocol;
import tokenly.session.Account;
import tokenly.session.CloseReason;
import tokenly.session.DisconnectReason;
import tokenly.session.Permit;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Timer;

/**
 * One socket as the model sees it: it sends, it shows signs of life, and it goes, once. Thread-safe.
 *
 * <p>Ways to go: {@code lose} closes at once, {@code turnAway} after what was sent before, {@code giveUp} at once and on a thread of the
 * sockets; the sessions then wait for their client. {@code expel} closes at once, and the sessions end. {@code stop} is for a server that
 * stops. All of them come to {@code end}, as does a socket that is gone already.
 */
final class SocketConnection implements ClientConnection, Occupant, OutboxOwner {

    private static final System.Logger LOG = System.getLogger(SocketConnection.class.getName());

    /** Shared account, without bounds, of connections whose token grants {@code gateway}. */
    private static final Account GATEWAY = Account.unbounded();

    private final Place place;
    private final Socket socket;
    private final ConnectionParts shared;
    private final Subprotocol subprotocol;
    private final Outbox outbox;
    private final Pings pings;
    private final Authentication authentication;
    private final ConnectionEnd end = new ConnectionEnd();

    private volatile Duration lastHeard; // written by the container's thread of this socket

    SocketConnection(Socket socket, Place place, ConnectionParts shared) {
        this.socket = socket;
        this.place = place;
        this.shared = shared;
        this.subprotocol = socket.subprotocol();
        this.outbox = new Outbox(
                socket,
                new Backlog.Bounds(subprotocol.batchBytes(), shared.maxUnsentBytes()),
                shared.sendBudget(),
                this,
                !subprotocol.isResumable());
        this.pings = new Pings(socket, outbox);
        this.authentication = new Authentication(this, shared);
        this.lastHeard = shared.timer().now();
        shared.sendBudget().add(outbox);
    }

    @Override
    public Subprotocol subprotocol() {
        return subprotocol;
    }

    @Override
    public String id() {
        return socket.id();
    }

    @Override
    public String countedAddress() {
        return account().isBounded() ? place.client() : "";
    }

    @Override
    public Account account() {
        return authentication.isGateway() ? GATEWAY : place.account();
    }

    @Override
    public Permit permit() {
        return authentication.permit();
    }

    @Override
    public void send(ServerEvent event) {
        if (event instanceof ServerEvent.Elsewhere) {
            shared.forwarder().elsewhere(this, event.session());
            return;
        }
        if (event instanceof ServerEvent.Created || event instanceof ServerEvent.Reset) {
            shared.acknowledgements().forget(this, event.session());
        }
        EventCounts.count(event, shared.limitHits());
        offer(() -> Optional.of(Unsent.of(event, shared.iceServers())));
    }

    @Override
    public void send(List<ServerEvent.Delivery> deliveries) {
        deliveries.forEach(delivery -> EventCounts.count(delivery, shared.limitHits()));
        if (!outbox.offer(deliveries.stream().map(Unsent::of).toArray(Unsent[]::new))) {
            giveUp(CloseCode.TOO_SLOW);
        }
    }

    @Override
    public void sendFirst(SessionId session, String frame) {
        shared.acknowledgements().forget(this, session);
        send(frame);
    }

    @Override
    public void send(String text) {
        offer(() -> Optional.of(Unsent.of(text)));
    }

    /** Sends the message that {@code maker} makes, if any, when its turn among all others is certain. */
    void send(Supplier<Optional<String>> maker) {
        offer(() -> maker.get().map(Unsent::of));
    }

    private void offer(Supplier<Optional<Unsent>> maker) {
        if (!outbox.offer(maker)) {
            giveUp(CloseCode.TOO_SLOW);
        }
    }

    @Override
    public CompletionStage<Boolean> probe() {
        return end.probe(() -> shared.heartbeat().probe(this));
    }

    @Override
    public void acknowledge(SessionId session, long acceptedSeq) {
        shared.acknowledgements().add(this, session, acceptedSeq);
    }

    @Override
    public boolean hasRoom() {
        return outbox.hasRoom();
    }

    @Override
    public void close(CloseReason reason) {
        switch (reason) {
            case REPLACED -> turnAway(CloseCode.REPLACED);
            case TAKEN_OVER -> turnAway(CloseCode.TAKEN_OVER);
            case BUSY -> turnAway(CloseCode.BUSY);
            case TOO_SLOW -> giveUp(CloseCode.TOO_SLOW);
        }
    }

    @Override
    public void lose(SessionId session, CloseReason reason, boolean isLast) {
        if (isLast && shared.forwarder().held(this) == 0) {
            close(reason);
        }
    }

    @Override
    public CompletionStage<?> stop() {
        Optional<CompletionStage<?>> stopped = end.awaitStop();
        if (stopped.isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        if (subprotocol.isResumable()) {
            Drain drain = Drain.some();
            send(drain.frame());
            outbox.whenSent(() -> socket.close(CloseCode.RESTART, drain.reason()));
        } else {
            socket.close(CloseCode.RESTART);
        }
        return stopped.get();
    }

    /** Something came from the far side: it is alive. */
    void heard() {
        lastHeard = shared.timer().now();
        end.answerProbe(true);
    }

    /** When something was last heard, in the timer's time; at first, when the connection opened. */
    Duration lastHeard() {
        return lastHeard;
    }

    /** Its sends, for the heartbeat. */
    Outbox outbox() {
        return outbox;
    }

    Pings pings() {
        return pings;
    }

    Authentication authentication() {
        return authentication;
    }

    @Override
    public void ping(long mark) {
        socket.ping(mark);
    }

    @Override
    public boolean isGone() {
        return end.isGone();
    }

    /** The heartbeat's next look at it. */
    void nextCheck(Timer.Task check) {
        end.nextCheck(check);
    }

    /** Closes the socket, which counts as lost from now on, whether or not the far side ever answers. */
    void lose(CloseCode code) {
        lose(code, code.reason());
    }

    /** @param text for the client; at most 123 bytes */
    void lose(CloseCode code, String text) {
        if (end(DisconnectReason.LOST)) {
            LOG.log(Level.INFO, "connection {0} is lost: {1}", socket.id(), code);
            socket.close(code, text);
        }
    }

    /** Closes the socket once all is sent that was to be sent before; it counts as lost then. */
    void turnAway(CloseCode code) {
        turnAway(code, code.reason());
    }

    /** As {@link #lose(CloseCode, String)}, once all is sent that was to be sent before. */
    void turnAway(CloseCode code, String text) {
        outbox.whenSent(() -> socket.execute(() -> lose(code, text)));
    }

    @Override
    public void turnAway(Permit permit) {
        if (permit.equals(permit())) {
            turnAway(CloseCode.NOT_ALLOWED, Authentication.GRANTS_TOO_LITTLE);
        }
    }

    /** Closes the socket of one who may not stay: its sessions end at once. */
    void expel() {
        if (end(DisconnectReason.LEAVING)) {
            LOG.log(Level.INFO, "connection {0} is closed: its token was revoked", socket.id());
            socket.close(CloseCode.NOT_ALLOWED, Refusal.REVOKED.text());
        }
    }

    /** The socket is closed or as good as; only the first call counts, and returns true. */
    boolean end(DisconnectReason reason) {
        return end.reach(
                () -> {
                    outbox.close();
                    authentication.close();
                    shared.switchboard().closed(this, reason);
                    shared.forwarder().closed(this, reason);
                },
                place::release);
    }

    @Override
    public boolean isIdle() {
        return shared.switchboard().holdsNone(this) && shared.forwarder().held(this) == 0;
    }

    @Override
    public void makeRoom() {
        giveUp(CloseCode.BUSY);
    }

    @Override
    public void roomAgain() {
        shared.switchboard().drained(this);
        shared.forwarder().drained(this);
    }

    @Override
    public void letGo() {
        shared.limitHits().add(LimitHit.READERS_LET_GO);
        giveUp(CloseCode.TOO_SLOW);
    }

    @Override
    public void failed(Throwable cause) {
        LOG.log(Level.DEBUG, () -> "connection " + socket.id() + " could not be sent to", cause);
        giveUp(CloseCode.FAILED);
    }

    /** For a room's executor that finds it lost while it sends: one loss makes more sends, and those must not pile up on one stack. */
    private void giveUp(CloseCode code) {
        outbox.close();
        socket.execute(() -> lose(code));
    }
}
