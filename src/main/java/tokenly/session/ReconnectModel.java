package tokenly.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The server's mirror of what its lost clients are doing: who waits since when, which attempt is due, how it ended. Every
 * method is short, so that {@code /status} answers however busy the rooms are. Thread-safe.
 */
public final class ReconnectModel {

    private final ReconnectPolicy policy;
    private final Timer timer;
    private final InstantSource clock;
    private final List<Duration> dues; // of attempt 1, 2, ... since the loss
    private final TreeSet<Wait> waits = new TreeSet<>(Wait.LONGEST_FIRST); // guarded by this, like all below
    private long order;
    private boolean lastRanOut;
    private @Nullable Instant lastAttempt;

    /**
     * @param timer measures how long a session waits
     * @param clock tells the time of day that people read
     */
    public ReconnectModel(ReconnectPolicy policy, Timer timer, InstantSource clock) {
        this.policy = policy;
        this.timer = timer;
        this.clock = clock;
        this.dues = IntStream.rangeClosed(1, policy.maxAttempts())
                .mapToObj(policy::dueAfter)
                .toList();
    }

    /** One session's wait: when its connection was lost, as time elapsed and as time of day. */
    record Wait(Duration since, Instant lostAt, long order) {

        static final Comparator<Wait> LONGEST_FIRST =
                Comparator.comparing(Wait::since).thenComparingLong(Wait::order);
    }

    ReconnectPolicy policy() {
        return policy;
    }

    /** A session's connection is gone; it waits from now on. */
    synchronized Wait lost() {
        Wait wait = new Wait(timer.now(), clock.instant(), order++);
        waits.add(wait);
        return wait;
    }

    /** The session that waited is on a connection again. */
    synchronized void back(Wait wait) {
        over(wait, false);
        lastAttempt = clock.instant();
    }

    /** The session that waited has ended; {@code ranOut} if its client did not come back in time. */
    synchronized void ended(Wait wait, boolean ranOut) {
        over(wait, ranOut);
    }

    private void over(Wait wait, boolean ranOut) {
        lastAttempt = lastAttempt().orElse(null);
        waits.remove(wait);
        lastRanOut = ranOut;
    }

    /** What is known now. */
    synchronized Status status(boolean connected, int activeSessions) {
        int attempts = waits.isEmpty() ? 0 : policy.attemptsDue(elapsed(waits.first()));
        return new Status(
                state(connected),
                activeSessions,
                attempts,
                policy.maxAttempts(),
                policy.delay(waits.isEmpty() ? 1 : attempts + 1),
                lastAttempt().orElse(null));
    }

    private Status.State state(boolean connected) {
        if (connected) {
            return Status.State.CONNECTED;
        }
        if (!waits.isEmpty()) {
            return Status.State.RECONNECTING;
        }
        return lastRanOut ? Status.State.FAILED : Status.State.DISCONNECTED;
    }

    /**
     * The latest of the attempt noted last and of all attempts due by now. For each attempt only the session lost last
     * among those it is due for can have the latest, so this costs O(attempts x log waits).
     */
    private Optional<Instant> lastAttempt() {
        Optional<Instant> latest = Optional.ofNullable(lastAttempt);
        Duration now = timer.now();
        for (Duration due : dues) {
            Wait youngest = waits.floor(new Wait(now.minus(due), Instant.EPOCH, Long.MAX_VALUE));
            if (youngest != null) {
                Instant at = youngest.lostAt().plus(due);
                latest = latest.filter(other -> other.isAfter(at)).or(() -> Optional.of(at));
            }
        }
        return latest;
    }

    private Duration elapsed(Wait wait) {
        return timer.now().minus(wait.since());
    }
}
