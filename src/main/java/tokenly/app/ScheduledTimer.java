package tokenly.app;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import tokenly.session.Timer;

/** The {@link Timer} of a running server: one thread and the JVM's monotonic clock. Thread-safe. */
final class ScheduledTimer implements Timer, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ScheduledTimer.class.getName());

    /** Later than any server runs, and still a number of nanoseconds: a token may count for thousands of years. */
    private static final Duration FAR = Duration.ofDays(36_500);

    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor executor;

    ScheduledTimer() {
        executor = new ScheduledThreadPoolExecutor(1, Threads.named("tokenly-timer"));
        executor.setRemoveOnCancelPolicy(true); // most tasks are cancelled long before they are due
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // once the server stops
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        Duration near = delay.compareTo(FAR) < 0 ? delay : FAR;
        Future<?> scheduled = executor.schedule(() -> run(task), near.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) { // whatever it is, the other tasks must go on
            LOG.log(Level.ERROR, "a timed task failed", bug);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
