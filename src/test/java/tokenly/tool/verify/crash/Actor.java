package tokenly.tool.verify.crash;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.session.Credentials;
import tokenly.session.Epoch;
import tokenly.session.Instance;
import tokenly.session.Message;
import tokenly.session.Position;
import tokenly.session.RoomPeer;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.PeerChange;
import tokenly.tool.verify.history.Reason;
import tokenly.tool.verify.history.Recorder;

/** One instance's client of one session, as PROTOCOL.md wants a resumable one, which writes down all that happens to it. */
final class Actor {

    private static final int BROKEN = 1006;

    private final ModelIds names;
    private final Recorder recorder;
    private final int instance;
    private final SessionId id;
    private final SentSignals outbox = new SentSignals();
    private final Map<String, Long> sources = new HashMap<>(); // the last number of each epoch of a sender
    private @Nullable ModelConnection link; // null while it has none
    private @Nullable Epoch epoch; // null while it has no session
    private boolean isIn; // the server has given it the session on this link
    private boolean isLeaving;
    private boolean isOver;
    private long attempt;
    private long number; // of its last signal
    private long processed;
    private long acknowledged; // of what it has processed

    Actor(ModelIds names, Recorder recorder, int instance) {
        this.names = names;
        this.recorder = recorder;
        this.instance = instance;
        this.id = names.idOfInstance(instance);
    }

    /** Another instance with the credentials of {@code before}, which it will take the session from. */
    static Actor after(Actor before, int instance) {
        Actor next = new Actor(before.names, before.recorder, instance);
        next.epoch = before.epoch;
        next.processed = before.processed;
        return next;
    }

    int instance() {
        return instance;
    }

    boolean isOver() {
        return isOver;
    }

    /** Whether it wants its session to end, and does not know that it has. */
    boolean isLeaving() {
        return isLeaving && !isOver;
    }

    // What it does.

    /** Connects, and asks for its session. */
    void connect(ServerLife server) {
        if (isOver || link != null) {
            return;
        }
        link = new ModelConnection(server, this);
        attempt++;
        recorder.opened(instance, attempt);
        if (epoch == null) {
            create();
        } else {
            Credentials credentials = credentials();
            Position position = new Position(epoch, processed, outbox.sent(), outbox.acknowledged());
            recorder.resumeAsked(instance, attempt, processed, outbox.sent());
            link().send(switchboard -> switchboard.resume(link(), id, credentials, position));
        }
    }

    private void create() {
        Credentials credentials = credentials();
        recorder.createAsked(instance, attempt);
        link().send(switchboard -> switchboard.create(link(), id, names.roomOfInstance(instance), credentials));
    }

    private Credentials credentials() {
        return new Credentials(names.keyOfInstance(instance), new Instance("instance" + instance), attempt);
    }

    private ModelConnection link() {
        if (link == null) {
            throw new IllegalStateException(id + " has no connection");
        }
        return link;
    }

    /** Sends one more signal; keeps it while it is away. */
    void send(int to) {
        SentSignals.Kept signal = outbox.add(++number, to);
        recorder.sent(instance, signal.number(), to);
        if (isIn) {
            transmit(signal);
        }
    }

    private void transmit(SentSignals.Kept signal) {
        SessionId to = signal.to() == Event.ALL ? null : names.id(signal.to());
        Signal frame = new Signal(Signal.Kind.MESSAGE, to, ModelIds.text(instance, signal.number()));
        recorder.out(instance, attempt, signal.seq());
        link().send(switchboard -> switchboard.relay(link(), id, signal.seq(), frame));
    }

    /** Says what it has processed, if that is news. */
    boolean acknowledge() {
        if (!isIn || acknowledged == processed) {
            return false;
        }
        acknowledged = processed;
        recorder.ack(instance, attempt, processed);
        link().send(switchboard -> switchboard.acknowledge(link(), id, acknowledged));
        return true;
    }

    void leave() {
        isLeaving = true;
        if (isIn) {
            link().send(switchboard -> switchboard.destroy(link(), id));
        }
    }

    /** Breaks its connection. */
    void disconnect() {
        if (link != null) {
            link.end();
        }
    }

    boolean flow() {
        return link != null && link.flow();
    }

    void hangUp(boolean arrives) {
        if (link != null) {
            link.hangUp(arrives);
        }
    }

    // What it is told.

    void lost() {
        recorder.closed(instance, attempt, BROKEN);
        link = null;
        isIn = false;
    }

    void acknowledged(long acceptedSeq) {
        if (isIn) {
            recorder.acked(instance, attempt, acceptedSeq);
            outbox.acknowledged(acceptedSeq);
        }
    }

    void told(ServerEvent event) {
        if (isOver) {
            return;
        }
        if (event instanceof ServerEvent.Delivery delivery) {
            deliver(delivery.seq(), delivery.message());
        } else if (event instanceof ServerEvent.Created created && created.epoch() != null) {
            recorder.created(instance, attempt, names.number(created.epoch()));
            begin(created.epoch(), created.peers());
        } else if (event instanceof ServerEvent.Reset reset) {
            recorder.reset(
                    instance,
                    attempt,
                    names.number(reset.epoch()),
                    Reason.valueOf(reset.reason().name()));
            begin(reset.epoch(), reset.peers());
        } else if (event instanceof ServerEvent.Resumed resumed) {
            recorder.resumed(instance, attempt, resumed.acceptedSeq(), resumed.last());
            outbox.acknowledged(resumed.acceptedSeq());
            goOn();
        } else if (event instanceof ServerEvent.TakenOver) {
            recorder.takenOver(instance);
            writeOff();
            isOver = true;
        } else if (event instanceof ServerEvent.Destroyed || (event instanceof ServerEvent.Gone && isLeaving)) {
            recorder.left(instance);
            isOver = true;
        } else if (event instanceof ServerEvent.Gone) {
            recorder.gone(instance, attempt);
            writeOff();
            epoch = null;
            create();
        } else { // refused, which nothing here deserves
            recorder.denied(instance, attempt, Reason.OTHER);
        }
    }

    private void begin(Epoch next, List<RoomPeer> peers) {
        writeOff();
        epoch = next;
        processed = 0;
        peers.forEach(peer -> tell(peer.id(), PeerChange.PRESENT));
        goOn();
    }

    private void writeOff() {
        outbox.restart().forEach(signal -> recorder.failed(instance, signal.number(), signal.to(), Reason.WRITTEN_OFF));
    }

    private void goOn() {
        isIn = true;
        acknowledged = processed;
        outbox.each(this::transmit);
        if (isLeaving) {
            leave();
        }
    }

    private void deliver(long seq, Message message) {
        recorder.in(instance, attempt, seq);
        if (seq <= processed) {
            return;
        }
        processed = seq;
        if (message instanceof Message.Signalled signalled) {
            signal(signalled);
        } else if (message instanceof Message.Undeliverable lost) {
            Reason reason =
                    Reason.named(lost.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            lost.seqs()
                    .forEach(own -> recorder.failed(
                            instance, outbox.number(own), names.session(Objects.requireNonNull(lost.to())), reason));
        } else if (message instanceof Message.PeerJoined joined) {
            tell(joined.peer(), PeerChange.JOINED);
        } else if (message instanceof Message.PeerAway away) {
            tell(away.peer(), PeerChange.AWAY);
        } else if (message instanceof Message.PeerBack back) {
            tell(back.peer(), PeerChange.BACK);
        } else if (message instanceof Message.PeerRestarted restarted) {
            tell(restarted.peer(), PeerChange.RESTARTED);
        } else if (message instanceof Message.PeerLeft left) {
            tell(left.peer(), PeerChange.LEFT);
        }
    }

    private void tell(SessionId peer, PeerChange change) {
        recorder.peer(instance, names.session(peer), change);
    }

    /** A signal, unless its source was processed before. */
    private void signal(Message.Signalled signalled) {
        Source source = signalled.source();
        long before = sources.getOrDefault(source.epoch().value(), 0L);
        if (source.seq() > before) {
            sources.put(source.epoch().value(), source.seq());
            Optional<ModelIds.Sent> text = names.find(signalled.signal().opaque(), signalled.from());
            text.ifPresentOrElse(
                    sent -> recorder.delivered(instance, sent.instance(), sent.number()),
                    () -> recorder.deliveredNonsense(instance));
        }
    }
}
