package tokenly.tool.verify.fault;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tokenly.tool.Polling;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;

/** Does the faults of a schedule when they are due: one thread for each group of clients, and one for the server. */
public final class FaultRunner implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FaultRunner.class.getName());

    /** In which the server serves, although a start took longer than the schedule had thought. */
    private static final Duration LEAST_REST = Duration.ofSeconds(2);

    private final FaultTargets targets;
    private final Supplier<Duration> elapsed;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Integer> now = new ConcurrentSkipListSet<>();
    private volatile boolean isEnding;

    /**
     * Nothing is done yet.
     *
     * @param elapsed time; never goes back
     */
    public FaultRunner(FaultTargets targets, Supplier<Duration> elapsed) {
        this.targets = targets;
        this.elapsed = elapsed;
    }

    /** The run begins. */
    public void start() {
        Duration begun = elapsed.get();
        Map<Integer, List<FaultEvent>> places =
                targets.schedule().events().stream().collect(Collectors.groupingBy(this::place));
        places.forEach((place, events) -> {
            Thread thread = new Thread(() -> play(events, begun), "faults-" + place);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        });
    }

    private int place(FaultEvent event) {
        return event.kind().isOfServer()
                ? targets.schedule().groups()
                : targets.schedule().group(event.sessions().get(0));
    }

    private void play(List<FaultEvent> events, Duration begun) {
        Duration restedAt = begun;
        for (FaultEvent event : events) {
            Duration due = begun.plus(event.at());
            Duration at = due.compareTo(restedAt) < 0 ? restedAt : due;
            Polling.until(at.minus(elapsed.get()), () -> isEnding);
            if (isEnding) {
                return;
            }
            boolean isOverdue = elapsed.get().minus(due).compareTo(LEAST_REST) > 0;
            if (isOverdue && event.kind() == FaultKind.RESTART) {
                continue; // on a busy machine a start takes long, and kills must keep their pace
            }
            guard(event);
            restedAt = event.kind().isOfServer() ? elapsed.get().plus(LEAST_REST) : begun;
        }
    }

    /** A fault that fails is logged, and does not end the others. */
    private void guard(FaultEvent event) {
        now.add(event.number());
        try {
            FaultInjector injector = FaultInjector.of(event.kind(), targets);
            targets.recorder().faultBegan(event.number());
            injector.begin().accept(event);
            Polling.pass(event.lasts());
            injector.end().accept(event);
            targets.recorder().faultEnded(event.number());
        } catch (RuntimeException failed) {
            LOG.log(Level.ERROR, "fault " + event + " could not be done", failed);
        } finally {
            now.remove(event.number());
        }
    }

    /** Those under way. */
    public List<FaultEvent> now() {
        return now.stream()
                .map(number -> targets.schedule().events().get(number))
                .toList();
    }

    /** Begins no more, and waits for those under way. */
    @Override
    public void close() {
        isEnding = true;
        threads.forEach(FaultRunner::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
