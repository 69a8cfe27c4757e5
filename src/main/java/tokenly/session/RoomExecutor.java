package tokenly.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of one room one after the other, in the order in which they came; a step that waits for the store holds
 * back the next one until the store has answered. A step that finds the executor quiet runs on the thread that brought it, so
 * that a lone message pays for no change of threads (50 to 65 us, measured 2026-11-23). One of a burst that can take others
 * is left to the threads of the server: what comes meanwhile queues up behind it, and is done in one go. Thread-safe.
 */
final class RoomExecutor {

    /** What a step returns that has nothing to wait for. */
    static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    /** Steps that a thread runs for others before it hands the rest to the threads of the server: it has a socket of its own to read. */
    private static final int STEPS_IN_A_ROW = 64;

    /** A step that comes so soon after another one is of a burst: a frame from the same packet takes about 10 us. */
    private static final Duration BURST = Duration.ofNanos(100_000);

    private static final System.Logger LOG = System.getLogger(RoomExecutor.class.getName());

    private final String name;
    private final Executor threads;
    private final int capacity;
    private final Supplier<Duration> now;
    private final BiConsumer<String, Throwable> failures;
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger(); // steps queued or under way
    private int underWay; // of those; belongs to the thread that drains
    private volatile Duration idleSince; // or just before, while a step is pending

    /** @param shared what the executors of all rooms share */
    RoomExecutor(String name, RoomExecutors shared) {
        this.name = name;
        this.threads = shared.threads();
        this.capacity = shared.capacity();
        this.now = shared.now();
        this.failures = shared.failures();
        this.idleSince = now.get().minus(BURST);
    }

    /** One thing to do. */
    @FunctionalInterface
    interface Step {

        /** Does it; the stage completes, well or not, when the next step may run. */
        CompletionStage<?> run();

        /** Takes the work of {@code next}, which came right behind it, upon itself; returns false if it does not. */
        default boolean takes(Step next) {
            return false;
        }

        /** Whether it gains by waiting for others that it can take. */
        default boolean canWait() {
            return false;
        }
    }

    /** Brings a step that may be refused: returns false, and forgets the step, while too many wait. */
    boolean offer(Step step) {
        if (pending.get() >= capacity) {
            return false;
        }
        add(step);
        return true;
    }

    /** As {@link #offer}, for a client that comes back: those are taken while others are refused already. */
    boolean offerReturn(Step step) {
        if (pending.get() >= 2L * capacity) {
            return false;
        }
        add(step);
        return true;
    }

    /** Brings a step that must run; there are at most a few of them for each session. */
    void add(Step step) {
        steps.add(step);
        if (pending.getAndIncrement() != 0) {
            return;
        }
        if (step.canWait() && now.get().minus(idleSince).compareTo(BURST) < 0) {
            drainLater();
        } else {
            drain();
        }
    }

    /** As {@link #add}, for threads that must not wait for the store, such as a timer's: a thread of the server runs the step. */
    void addLater(Step step) {
        steps.add(step);
        if (pending.getAndIncrement() == 0) {
            drainLater();
        }
    }

    private void drainLater() {
        try {
            threads.execute(this::drain);
        } catch (RuntimeException
                | Error noThread) { // the system may have none left; a step without one would stop the room for good
            LOG.log(Level.WARNING, "room " + name + " gets no thread of its own", noThread);
            drain();
        }
    }

    private void drain() {
        for (int i = 0; i < STEPS_IN_A_ROW; i++) {
            CompletionStage<?> step = runNext();
            if (!step.toCompletableFuture().isDone()) {
                step.whenCompleteAsync((done, failure) -> finish(), threads);
                return;
            }
            if (isIdle()) {
                return;
            }
        }
        drainLater();
    }

    private void finish() {
        if (!isIdle()) {
            drain();
        }
    }

    /** Whether nothing is pending, now that what was under way is done. */
    private boolean isIdle() {
        idleSince = now.get();
        return pending.addAndGet(-underWay) == 0;
    }

    private CompletionStage<?> runNext() {
        Step step = steps.remove();
        underWay = 1;
        int counted = pending.get(); // a step is queued before it counts: more than these must not be taken
        while (underWay < counted && step.takes(steps.element())) {
            steps.remove();
            underWay++;
        }
        try {
            return step.run().whenComplete(this::report);
        } catch (RuntimeException | Error bug) { // whatever it is, the room must go on
            report(null, bug);
            return DONE;
        }
    }

    private void report(@Nullable Object done, @Nullable Throwable bug) {
        if (bug != null) {
            failures.accept(name, bug);
        }
    }
}
