package tokenly.tool.verify.clients;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tokenly.client.Delivery;
import tokenly.client.Peer;
import tokenly.client.PeerListener;
import tokenly.client.Signal;
import tokenly.client.TokenlyException;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.PeerChange;
import tokenly.tool.verify.history.Reason;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.Topology;

/**
 * The program of one instance: it sends signals, and writes down all that it is told. Told on its client's thread; {@link #send}
 * is for one thread at a time.
 */
public final class ClientProgram implements PeerListener {

    /** What a client calls the end of a session that the server has confirmed. */
    private static final String DESTROYED = "destroyed";

    private final int instance;
    private final Topology topology;
    private final RunIds names;
    private final Recorder recorder;
    private final Numbers numbers = new Numbers(); // the client's thread's
    private final AtomicInteger pending = new AtomicInteger();
    private final CompletableFuture<Boolean> over = new CompletableFuture<>(); // with whether the session is gone
    private volatile @Nullable Peer peer; // once it is there
    private volatile boolean isLeaving;
    private volatile boolean isOver;
    private volatile long attachedOn;
    private long last; // number of its last signal; the sender's

    ClientProgram(int instance, Topology topology, RunIds names, Recorder recorder) {
        this.instance = instance;
        this.topology = topology;
        this.names = names;
        this.recorder = recorder;
    }

    int instance() {
        return instance;
    }

    int session() {
        return topology.session(instance);
    }

    Numbers numbers() {
        return numbers;
    }

    void begin(Peer begun) {
        peer = begun;
    }

    /** Its session, if it has it, or had it before it was taken over. */
    Optional<Peer> peer() {
        return Optional.ofNullable(peer);
    }

    /**
     * Ends its session.
     *
     * @return completes when it is over for this program, with whether the session is gone; it is not if another instance has it,
     *     because it was taken over meanwhile
     */
    CompletionStage<Boolean> leave() {
        isLeaving = true;
        Peer leaving = peer;
        if (leaving == null) {
            return CompletableFuture.completedStage(false);
        }
        recorder.leaves(instance);
        return leaving.destroy().thenCompose(ended -> over);
    }

    /** Whether it can send. */
    boolean isOn() {
        return peer != null && !isOver && !isLeaving;
    }

    /** Whether its session has ended for it. */
    boolean isOver() {
        return isOver;
    }

    /** On which connection the server gave it its session last; 0 before the first. */
    long attachedOn() {
        return attachedOn;
    }

    void attached(long attempt) {
        attachedOn = attempt;
    }

    /** Signals whose fate it does not know yet. */
    public int pending() {
        return pending.get();
    }

    /**
     * Sends one more signal.
     *
     * @param to a session of its room, or {@link Event#ALL}
     */
    void send(int to) {
        Peer on = peer;
        if (on == null) {
            return;
        }
        Payload payload = new Payload(instance, ++last);
        pending.incrementAndGet();
        recorder.sent(instance, payload.number(), to);
        Signal signal = to == Event.ALL
                ? Signal.toAll(Signal.Kind.MESSAGE, payload.fields())
                : Signal.to(names.sessionId(to), Signal.Kind.ICE_CANDIDATE, payload.fields());
        on.send(signal).whenComplete((receipt, failure) -> {
            if (failure != null) {
                recorder.failed(instance, payload.number(), to, reason(failure));
            }
            pending.decrementAndGet();
        });
    }

    private static Reason reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (!(cause instanceof TokenlyException named)) {
            return Reason.OTHER;
        }
        return switch (named.code()) {
            case TokenlyException.SESSION_RESET, TokenlyException.SESSION_LOST -> Reason.WRITTEN_OFF;
            case TokenlyException.CLOSED -> Reason.LEFT;
            default -> Reason.named(named.code());
        };
    }

    @Override
    public void signal(Delivery delivery) {
        Optional<Payload> payload =
                Payload.read(delivery.fields()).filter(read -> isFrom(delivery.from(), read.instance()));
        payload.ifPresentOrElse(
                read -> recorder.delivered(instance, read.instance(), read.number()),
                () -> recorder.deliveredNonsense(instance));
    }

    private boolean isFrom(String id, int sender) {
        return sender < topology.instances() && id.equals(names.sessionId(topology.session(sender)));
    }

    @Override
    public void created(List<String> peers) {
        peers.forEach(other -> tell(other, PeerChange.PRESENT));
    }

    @Override
    public void reset(String reason, List<String> peers) {
        peers.forEach(other -> tell(other, PeerChange.PRESENT));
    }

    @Override
    public void joined(String other) {
        tell(other, PeerChange.JOINED);
    }

    @Override
    public void away(String other) {
        tell(other, PeerChange.AWAY);
    }

    @Override
    public void back(String other) {
        tell(other, PeerChange.BACK);
    }

    @Override
    public void restarted(String other, String reason) {
        tell(other, PeerChange.RESTARTED);
    }

    @Override
    public void left(String other, String reason) {
        tell(other, PeerChange.LEFT);
    }

    private void tell(String id, PeerChange change) {
        if (names.isVisitor(id)) {
            return;
        }
        OptionalInt session = names.session(id);
        if (session.isPresent()) {
            recorder.peer(instance, session.getAsInt(), change);
        } else {
            recorder.deliveredNonsense(instance);
        }
    }

    @Override
    public void undeliverable(@Nullable String to, List<Long> seqs, String reason) {
        if (to != null && names.isVisitor(to)) {
            return; // what others of the room get is not lost with it
        }
        int session = to == null ? Event.ALL : names.session(to).orElse(Event.ALL);
        seqs.forEach(seq -> recorder.failed(instance, numbers.signal(seq), session, Reason.named(reason)));
    }

    @Override
    public void lost(String epoch, long first, long last) {
        for (long seq = first; seq <= last; seq++) {
            recorder.failed(instance, numbers.signal(epoch, seq), Event.ALL, Reason.STORE_WENT_BACK);
        }
    }

    @Override
    public void ended(String reason) {
        isOver = true;
        boolean isGone = reason.equals(DESTROYED);
        if (isLeaving && isGone) {
            recorder.left(instance);
        } else if (!(isLeaving && reason.equals(TokenlyException.CLOSED))) {
            recorder.ended(instance, Reason.named(reason));
        }
        over.complete(isGone);
    }

    @Override
    public void takenOver() {
        isOver = true;
        recorder.takenOver(instance);
        over.complete(false);
    }
}
