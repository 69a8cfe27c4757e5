package tokenly.tool.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One step of a workload, which many peers take, some of them at a time: who may begin, how each fared, how long it took.
 * Every peer that begins succeeds or fails, once. Thread-safe.
 */
public final class PhaseRun {

    /** A round in which no client comes to an end for so long is over. */
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);

    /** What happens in it. */
    public enum Kind {
        CONNECT,
        DROP,
        RETURN,
        LEAVE
    }

    private final Kind kind;
    private final int count;
    private final int atOnce;
    private final Supplier<Duration> now;
    private final Duration began;
    private final Semaphore slots;
    private final long[] tookNanos; // guarded by this, like all below
    private int timed;
    private int succeeded;
    private int failed;
    private final SortedMap<String, Integer> failures = new TreeMap<>();

    /**
     * Begins it.
     *
     * @param count how many are to take the step
     * @param atOnce how many may be under way at a time
     */
    PhaseRun(Kind kind, int count, int atOnce, Supplier<Duration> now) {
        this.kind = kind;
        this.count = count;
        this.atOnce = atOnce;
        this.now = now;
        this.began = now.get();
        this.slots = new Semaphore(atOnce);
        this.tookNanos = new long[count];
    }

    public Kind kind() {
        return kind;
    }

    public int count() {
        return count;
    }

    public synchronized int succeeded() {
        return succeeded;
    }

    public synchronized int failed() {
        return failed;
    }

    public Duration elapsed() {
        return now.get().minus(began);
    }

    Duration now() {
        return now.get();
    }

    /** Waits until one more may begin; false if the round has stalled. */
    boolean admit() throws InterruptedException {
        return slots.tryAcquire(STALL_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until all that have begun are done; false if the round has stalled. */
    boolean settle() throws InterruptedException {
        return slots.tryAcquire(atOnce, STALL_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    }

    void succeed() {
        synchronized (this) {
            succeeded++;
        }
        slots.release();
    }

    /** @param took how long one peer needed for the step */
    void succeed(Duration took) {
        synchronized (this) {
            tookNanos[timed++] = took.toNanos();
        }
        succeed();
    }

    /** @param reason in kebab-case, as it is shown */
    void fail(String reason) {
        count(reason, 1);
        slots.release();
    }

    /** All that have not begun never will. */
    void giveUp(int notTried) {
        if (notTried > 0) {
            count(Failure.NOT_TRIED, notTried);
        }
    }

    private synchronized void count(String reason, int times) {
        failed += times;
        failures.merge(reason, times, Integer::sum);
    }

    /**
     * How it went up to now.
     *
     * @param elapsed how long it took in all
     * @param check of the server's status after it
     */
    synchronized Phase end(Duration elapsed, Phase.Check check) {
        SortedMap<String, Integer> reasons = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
        Percentiles took = Percentiles.of(Arrays.copyOf(tookNanos, timed)).orElse(null);
        return new Phase(kind, new Phase.Counts(count, succeeded, reasons), elapsed, took, check);
    }
}
