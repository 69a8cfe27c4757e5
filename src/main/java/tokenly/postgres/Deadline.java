package tokenly.postgres;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A moment after which a thread gives up, and the pauses until then. Thread-safe. */
final class Deadline {

    private final CompletableFuture<Boolean> passed;

    /** In {@code time} from now. */
    Deadline(Duration time) {
        passed = new CompletableFuture<Boolean>().completeOnTimeout(true, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isOver() {
        return passed.isDone();
    }

    /** It is over now; who pauses goes on. */
    void cut() {
        passed.complete(true);
    }

    /** Waits for {@code time}, or until it is over; not at all in a thread that is interrupted, which stays so. */
    void pause(Duration time) {
        try {
            passed.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            return; // the pause, as it should be
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            passed.complete(true);
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }
}
