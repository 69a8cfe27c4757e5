package tokenly.tool.verify.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tokenly.session.Status;
import tokenly.session.Store;
import tokenly.store.Disk;
import tokenly.store.FakeDisk;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.State;
import tokenly.tool.verify.history.Terms;
import tokenly.tool.verify.history.Topology;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;
import tokenly.tool.verify.schedule.FaultSchedule;

/**
 * One playing of a small history: six sessions in two rooms talk; one is away for a while, one is taken over, one flooded
 * until its mailbox overflows; in the end all leave. When the server dies, a new one begins with what is on the disk, and
 * everybody comes back. Used once, by one thread.
 */
final class CrashRun {

    private static final int SESSIONS = 6;
    private static final int ROOMS_OF = 3;
    private static final int AWAY = 1;
    private static final int TAKEN_OVER = 3;
    private static final int FLOODED = 5;
    private static final int UNACKNOWLEDGED = 1_000;
    private static final int TALK = 4; // signals of each session before anything else happens
    private static final int TO_ALL = 4; // one signal of so many

    private static final int KILL = 0;
    private static final int TAKEOVER = 1;
    private static final FaultSchedule FAULTS = new FaultSchedule(
            1,
            List.of(
                    fault(
                            KILL,
                            FaultKind.KILL,
                            IntStream.range(0, SESSIONS).boxed().toList()),
                    fault(TAKEOVER, FaultKind.TAKEOVER, List.of(TAKEN_OVER))));

    private final Crash crash;
    private final Function<Disk, Store> stores;
    private final RandomGenerator random;
    private final Topology topology = new Topology(SESSIONS, ROOMS_OF);
    private final History history = new History(
            topology,
            new Terms(ServerLife.WINDOW, ServerLife.MAILBOX_MESSAGES, UNACKNOWLEDGED, true, false),
            FAULTS,
            this::tick);
    private final Recorder recorder = new Recorder(history);
    private final List<Actor> actors = new ArrayList<>(); // those that are over included
    private final Set<Actor> away = new HashSet<>(); // who does not want to come back yet
    private Duration now = Duration.ZERO;
    private ServerLife server;
    private int kills;
    private @Nullable String trouble;

    /**
     * Nothing has happened yet.
     *
     * @param stores opens the store of a server
     * @param seed of who sends to whom
     */
    CrashRun(Crash crash, Function<Disk, Store> stores, long seed) {
        this.crash = crash;
        this.stores = stores;
        this.random = new SplittableRandom(seed);
        this.server = start(dying(new FakeDisk(), crash.step(), crash.isTorn()));
        ModelIds names = new ModelIds(topology);
        for (int instance = 0; instance < SESSIONS; instance++) {
            actors.add(new Actor(names, recorder, instance));
        }
    }

    private static FaultEvent fault(int number, FaultKind kind, List<Integer> sessions) {
        return new FaultEvent(number, kind, Duration.ZERO, Duration.ZERO, sessions);
    }

    private Duration tick() {
        now = now.plusMillis(1);
        return now;
    }

    /** @param step at which the process dies, counted from 1; 0 for never */
    private static FakeDisk dying(FakeDisk disk, int step, boolean isTorn) {
        if (step > 0) {
            disk.crashAt(step, isTorn);
        }
        return disk;
    }

    private ServerLife start(FakeDisk disk) {
        return ServerLife.start(disk, stores, () -> now);
    }

    /** How often the server was killed; 0 if the whole history has fewer steps than the crash asks for. */
    int kills() {
        return kills;
    }

    /** Plays it to its end, or until a server cannot start with what the one before has left. */
    History play() {
        try {
            playAll();
        } catch (CannotStartException stuck) { // the history, which never comes to rest, breaks a rule
            trouble = stuck.getMessage();
        }
        return history;
    }

    /** Why a server could not start, if one could not. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void playAll() {
        actors.forEach(actor -> {
            comeBack();
            flow();
        });
        talk();
        leaveFor(AWAY);
        talk();
        returnOf(AWAY);
        takeOver();
        talk();
        leaveFor(FLOODED);
        flood();
        returnOf(FLOODED);
        for (int i = 0; i < 3; i++) {
            talk();
        }
        recorder.settled();
        look();
        everybodyLeaves();
    }

    // What happens.

    /** Each of a few times, some send a signal before the others hear of it. */
    private void talk() {
        for (int i = 0; i < TALK * SESSIONS; i++) {
            int session = random.nextInt(SESSIONS);
            boolean isForAll = random.nextInt(TO_ALL) == 0;
            actor(session).send(isForAll ? Event.ALL : neighbour(session, 1 + random.nextInt(ROOMS_OF - 1)));
            if (random.nextInt(3) != 0) {
                flow();
            }
        }
        flow();
    }

    private static int neighbour(int session, int distance) {
        return session / ROOMS_OF * ROOMS_OF + (session + distance) % ROOMS_OF;
    }

    private void leaveFor(int session) {
        Actor leaving = actor(session);
        away.add(leaving);
        leaving.disconnect();
        flow();
    }

    private void returnOf(int session) {
        away.remove(actor(session));
        comeBack();
        flow();
    }

    private void takeOver() {
        recorder.faultBegan(TAKEOVER);
        actors.add(Actor.after(actor(TAKEN_OVER), topology.addInstance(TAKEN_OVER)));
        comeBack();
        flow();
        recorder.faultEnded(TAKEOVER);
    }

    private void flood() {
        for (int i = 0; i < ServerLife.MAILBOX_MESSAGES * 3 / 2; i++) {
            actor(neighbour(FLOODED, 1 + i % 2)).send(FLOODED);
            flow();
        }
    }

    private void everybodyLeaves() {
        for (int session = 0; session < SESSIONS; session++) {
            actor(session).leave();
            flow();
        }
        actors.forEach(Actor::disconnect);
        if (server.isDead()) {
            revive();
        }
        look();
    }

    /** Who has {@code session}: the newest instance that has not lost it. */
    private Actor actor(int session) {
        return actors.stream()
                .filter(actor -> topology.session(actor.instance()) == session && !actor.isOver())
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalStateException("nobody has s" + session + " any more"));
    }

    // How it happens.

    /** Lets all that is under way arrive, whatever dies meanwhile. */
    private void flow() {
        boolean isBusy = true;
        while (isBusy) {
            isBusy = false;
            for (Actor actor : List.copyOf(actors)) {
                isBusy |= !server.isDead() && actor.flow();
            }
            if (server.isDead()) {
                revive();
                isBusy = true;
            }
            comeBack();
            if (!isBusy) {
                for (Actor actor : actors) {
                    isBusy |= actor.acknowledge();
                }
            }
        }
        look();
    }

    private void comeBack() {
        actors.stream().filter(actor -> !away.contains(actor)).forEach(actor -> actor.connect(server));
    }

    /** The server is dead: the next one begins. */
    private void revive() {
        recorder.faultBegan(KILL);
        recorder.serverKilled();
        actors.forEach(actor -> actor.hangUp(crash.reaches(actor.instance())));
        while (server.isDead()) {
            server = start(dying(server.disk().afterKill(), kills == 0 ? crash.next() : 0, false));
            kills++;
        }
        recorder.serverStarted(false);
        recorder.faultEnded(KILL);
        if (actors.stream().noneMatch(Actor::isLeaving)) { // or nobody can know yet who has left
            look();
        }
    }

    private void look() {
        long asked = history.nowMicros();
        Status status = server.switchboard().status();
        String state = status.state().name().toLowerCase(Locale.ROOT);
        recorder.status(State.named(state), status.activeSessions(), asked);
    }
}
