package tokenly.socket;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** A few threads that may have to wait for a socket: a stalled one keeps its thread until it is cut. Thread-safe. */
public final class SendThreads {

    private final Executor executor;
    private final Semaphore free;

    /** @param count of the executor's threads, which have nothing else to do */
    public SendThreads(Executor executor, int count) {
        this.executor = executor;
        this.free = new Semaphore(count);
    }

    /** Runs {@code task} on one of them soon; returns false, and does nothing, while all are taken. */
    boolean run(Runnable task) {
        if (!free.tryAcquire()) {
            return false;
        }
        executor.execute(() -> {
            try {
                task.run();
            } finally {
                free.release();
            }
        });
        return true;
    }
}
