package tokenly.session;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When a lost client comes back, and how long it is waited for: the client obeys it, the server mirrors it.
 *
 * @param initialDelay before the first attempt, positive
 * @param factor from one delay to the next, at least 1
 * @param maxDelay no delay is longer; at least {@code initialDelay}
 * @param maxAttempts attempts until the client gives up, at least 1
 * @param resumeWindow how long the server holds a lost session; no shorter than all delays together
 */
public record ReconnectPolicy(
        Duration initialDelay, double factor, Duration maxDelay, int maxAttempts, Duration resumeWindow) {

    /** @throws IllegalArgumentException naming the part that is out of its range */
    public ReconnectPolicy {
        require(!initialDelay.isNegative() && !initialDelay.isZero(), "the initial delay must be positive");
        require(factor >= 1, "the factor must be at least 1");
        require(maxDelay.compareTo(initialDelay) >= 0, "the longest delay must not be below the initial delay");
        require(maxAttempts >= 1, "there must be at least one attempt");
        Duration all = total(initialDelay, factor, maxDelay, maxAttempts);
        require(
                resumeWindow.compareTo(all) >= 0,
                "the resume window of " + resumeWindow.toMillis() + " ms is shorter than all delays together, "
                        + all.toMillis() + " ms");
    }

    /** The nominal delay before attempt {@code attempt}, counted from 1; after the last attempt, that of the last. */
    public Duration delay(int attempt) {
        return delay(initialDelay, factor, maxDelay, Math.min(attempt, maxAttempts));
    }

    /** The nominal delays before attempts 1 to {@link #maxAttempts}. */
    public List<Duration> delays() {
        return IntStream.rangeClosed(1, maxAttempts).mapToObj(this::delay).toList();
    }

    /** When attempt {@code attempt}, counted from 1, is due, measured from the loss. */
    public Duration dueAfter(int attempt) {
        return total(initialDelay, factor, maxDelay, attempt);
    }

    /** How many attempts are due {@code sinceLoss} after a loss: 0 to {@link #maxAttempts}. */
    public int attemptsDue(Duration sinceLoss) {
        Duration due = Duration.ZERO;
        for (int attempt = 1; attempt <= maxAttempts; attempt++) {
            due = due.plus(delay(attempt));
            if (due.compareTo(sinceLoss) > 0) {
                return attempt - 1;
            }
        }
        return maxAttempts;
    }

    private static Duration delay(Duration initialDelay, double factor, Duration maxDelay, int attempt) {
        double millis = initialDelay.toMillis() * Math.pow(factor, attempt - 1.0);
        return millis >= maxDelay.toMillis() ? maxDelay : Duration.ofMillis(Math.round(millis));
    }

    private static Duration total(Duration initialDelay, double factor, Duration maxDelay, int attempts) {
        return IntStream.rangeClosed(1, attempts)
                .mapToObj(attempt -> delay(initialDelay, factor, maxDelay, attempt))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
