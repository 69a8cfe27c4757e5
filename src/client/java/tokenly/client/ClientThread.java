package tokenly.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of one client, and its clock. It ends when it has had nothing to do for a while and begins again when it has, so
 * that a closed client leaves nothing behind. Thread-safe.
 */
final class ClientThread implements Timer, Executor {

    private static final System.Logger LOG = System.getLogger(ClientThread.class.getName());

    private static final long IDLE_SECONDS = 5;

    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor executor;

    ClientThread() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tokenly-client");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        executor.setRemoveOnCancelPolicy(true); // most tasks are cancelled long before they are due
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> run(task));
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        Future<?> scheduled = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) { // whatever it is, the other tasks must go on
            LOG.log(Level.ERROR, "a task of a client failed", bug);
        }
    }
}
