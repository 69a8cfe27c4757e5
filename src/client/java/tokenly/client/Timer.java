package tokenly.client;

import java.time.Duration;

/** Port: elapsed time and delayed tasks. */
interface Timer {

    /** Time since some fixed moment; never goes back. */
    Duration now();

    /** Runs {@code task} once, {@code delay} from now or a little later, on the client's thread. */
    Task after(Duration delay, Runnable task);

    /** A task that has been asked for. */
    interface Task {

        /** It will not start any more; does nothing if it has. */
        void cancel();
    }
}
