package tokenly.tool.faults;

import java.time.Duration;

/** The time of the proxy's thread, and its delayed tasks. Not thread-safe. */
interface LoopTimer {

    /** Time since some fixed moment; never goes back. */
    Duration now();

    /** Runs {@code task} once, {@code delay} from now or a little later, on the proxy's thread. */
    Task after(Duration delay, Runnable task);

    /** A task that has been asked for. */
    interface Task {

        /** It will not start any more; does nothing if it has. */
        void cancel();
    }
}
