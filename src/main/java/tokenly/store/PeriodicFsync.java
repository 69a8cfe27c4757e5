package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Forces the log to the medium again and again, on a thread of its own, because that may take long. */
final class PeriodicFsync {

    private static final System.Logger LOG = System.getLogger(PeriodicFsync.class.getName());

    private final Duration pause;
    private @Nullable ScheduledThreadPoolExecutor executor; // not null while it runs
    private @Nullable Future<?> task; // the same

    /** @param pause between the end of one time and the next */
    PeriodicFsync(Duration pause) {
        this.pause = pause;
    }

    synchronized void start(Journal journal) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "tokenly-store");
            thread.setDaemon(true);
            return thread;
        });
        task = executor.scheduleWithFixedDelay(
                () -> force(journal), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void force(Journal journal) {
        try {
            journal.force();
        } catch (IOException | RuntimeException | Error failure) { // what got out would end the schedule
            LOG.log(
                    Level.ERROR,
                    "the store could not be forced to the medium; a stop of the host may lose records",
                    failure);
        }
    }

    synchronized void stop() {
        if (executor != null && task != null) {
            task.cancel(false);
            executor.shutdown();
        }
        task = null;
        executor = null;
    }
}
