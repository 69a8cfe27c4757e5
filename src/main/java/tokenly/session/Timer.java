package tokenly.session;

import java.time.Duration;

/** Port: elapsed time and delayed tasks. Time here never jumps, whatever the wall clock does. */
public interface Timer {

    /** Time since some fixed moment; never goes back. */
    Duration now();

    /** Runs {@code task} once, {@code delay} from now or a little later, on a thread of the timer; it must not block. */
    Task after(Duration delay, Runnable task);

    /** A task that has been asked for. */
    interface Task {

        /** It will not start any more; does nothing if it has. */
        void cancel();
    }
}
