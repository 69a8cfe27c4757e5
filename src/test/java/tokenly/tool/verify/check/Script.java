package tokenly.tool.verify.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.PeerChange;
import tokenly.tool.verify.history.Reason;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.State;
import tokenly.tool.verify.history.Terms;
import tokenly.tool.verify.history.Topology;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;
import tokenly.tool.verify.schedule.FaultSchedule;

/** A history written by hand: two sessions, 0 and 1, in one room, and a clock that moves by a millisecond at each event. */
final class Script {

    static final int A = 0;
    static final int B = 1;

    /** Of every session's first connection. */
    static final long FIRST = 1;

    static final int MAILBOX = 10;
    /** With 256 about presence. */
    static final int MOST_KEPT = MAILBOX + 256;

    static final int OUTBOX = 5;
    static final Duration WINDOW = Duration.ofSeconds(60);

    private final Topology topology = new Topology(2, 2);
    private final List<FaultEvent> faults = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private final List<Consumer<Recorder>> steps = new ArrayList<>();

    /** Both are created, and see each other. */
    static Script begun() {
        return new Script().create(A, FIRST, 1).create(B, FIRST, 2).meet(A, B).meet(B, A);
    }

    Script then(Consumer<Recorder> step) {
        steps.add(step);
        return this;
    }

    Script later(Duration by) {
        return then(recorder -> now = now.plus(by));
    }

    Script create(int instance, long connection, int epoch) {
        return then(to -> {
            to.opened(instance, connection);
            to.createAsked(instance, connection);
            to.created(instance, connection, epoch);
        });
    }

    Script meet(int instance, int session) {
        return then(to -> to.peer(instance, session, PeerChange.PRESENT));
    }

    /** Signal {@code number} goes all the way, as that number in both directions. */
    Script relay(int from, int to, long number) {
        return send(from, to, number, FIRST)
                .then(at -> at.acked(from, FIRST, number))
                .deliver(from, to, number, FIRST);
    }

    Script send(int from, int to, long number, long connection) {
        return then(at -> {
            at.sent(from, number, to);
            at.out(from, connection, number);
        });
    }

    Script deliver(int from, int to, long number, long connection) {
        return then(at -> {
            at.in(to, connection, number);
            at.delivered(to, from, number);
            at.ack(to, connection, number);
        });
    }

    /** The instance's first connection breaks; the next one has resumed, and each side has what the numbers say. */
    Script resume(int instance, long received, long sent, long last) {
        return then(at -> {
            at.closed(instance, FIRST, 1006);
            at.opened(instance, FIRST + 1);
            at.resumeAsked(instance, FIRST + 1, received, sent);
            at.resumed(instance, FIRST + 1, sent, last);
        });
    }

    Script fault(FaultKind kind, Integer... sessions) {
        int number = faults.size();
        faults.add(new FaultEvent(number, kind, Duration.ZERO, Duration.ZERO, List.of(sessions)));
        return then(at -> at.faultBegan(number));
    }

    /** The fault that began last is over. */
    Script healed() {
        int number = faults.size() - 1;
        return then(at -> at.faultEnded(number));
    }

    /** B leaves its session, and the next instance of it creates one of that name, in epoch 9. */
    Script newOwner(Consumer<Integer> instance) {
        return fault(FaultKind.NEW_OWNER, B).healed().then(at -> {
            at.leaves(B);
            at.left(B);
            int next = topology.addInstance(B);
            instance.accept(next);
            at.opened(next, FIRST);
            at.createAsked(next, FIRST);
            at.created(next, FIRST, 9);
            at.peer(next, A, PeerChange.PRESENT);
        });
    }

    /** The second instance of session B has it. */
    Script takeOver(Consumer<Integer> instance) {
        return then(at -> instance.accept(topology.addInstance(B)));
    }

    Script fail(int from, int to, long number) {
        return then(at -> at.failed(from, number, to, Reason.WRITTEN_OFF));
    }

    Script status(State state, int sessions) {
        return then(at -> at.status(state, sessions, now.toNanos() / 1_000));
    }

    Script settle() {
        return then(Recorder::settled);
    }

    Topology topology() {
        return topology;
    }

    History history() {
        Terms terms = new Terms(WINDOW, MAILBOX, OUTBOX, true, false);
        History history = new History(topology, terms, new FaultSchedule(2, faults), this::tick);
        Recorder recorder = new Recorder(history);
        steps.forEach(step -> step.accept(recorder));
        return history;
    }

    private Duration tick() {
        now = now.plusMillis(1);
        return now;
    }
}
