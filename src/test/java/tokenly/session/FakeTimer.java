package tokenly.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it; also the time of day. For one thread. */
public final class FakeTimer implements Timer, InstantSource {

    /** The time of day at zero. */
    public static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final PriorityQueue<Due> tasks =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private Duration now = Duration.ZERO;
    private int order;
    private boolean isBroken;

    private record Due(Duration at, int order, Runnable task) {}

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public Instant instant() {
        return START.plus(now);
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        if (isBroken) {
            isBroken = false;
            throw new IllegalStateException("as a bug would");
        }
        Due due = new Due(now.plus(delay), order++, task);
        tasks.add(due);
        return () -> tasks.remove(due);
    }

    /** Moves time on and runs, at its own moment, each task that comes due. */
    public void advance(Duration by) {
        Duration until = now.plus(by);
        for (Due due = tasks.peek(); due != null && due.at().compareTo(until) <= 0; due = tasks.peek()) {
            tasks.remove(due);
            now = due.at().compareTo(now) > 0 ? due.at() : now;
            due.task().run();
        }
        now = until;
    }

    /** Moves time on as for a process that is stopped: no task runs before {@link #advance}. */
    public void stall(Duration by) {
        now = now.plus(by);
    }

    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /** Makes the next {@link #after} throw, as a bug would. */
    public void breakOnce() {
        isBroken = true;
    }

    /** Tasks that are still to run. */
    public int pending() {
        return tasks.size();
    }
}
