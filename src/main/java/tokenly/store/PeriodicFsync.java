package tokenly.store;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Forces the log to the medium again and again, on a thread of its own, because that may take long. */
final class PeriodicFsync {

    private final Duration pause;
    private final Consumer<Throwable> failures;
    private @Nullable ScheduledThreadPoolExecutor executor; // not null while it runs
    private @Nullable Future<?> task; // the same

    /**
     * @param pause between the end of one time and the next
     * @param failures gets why the log could not be forced, each time; on the thread that forces
     */
    PeriodicFsync(Duration pause, Consumer<Throwable> failures) {
        this.pause = pause;
        this.failures = failures;
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

    private void force(Journal journal) {
        try {
            journal.force();
        } catch (IOException | RuntimeException | Error failure) { // what got out would end the schedule
            failures.accept(failure);
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
