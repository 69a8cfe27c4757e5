package tokenly.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long to wait before the next attempt, and when to give up (PROTOCOL.md, "Reconnecting"). */
final class Backoff {

    private final RandomGenerator random;
    private final int ownMaxAttempts; // 0: the server says
    private Policy policy = Policy.USUAL;
    private int tries;
    private @Nullable Duration drain; // what the current connection has announced; null for nothing

    Backoff(RandomGenerator random, int ownMaxAttempts) {
        this.random = random;
        this.ownMaxAttempts = ownMaxAttempts;
    }

    /** A connection is open, whose policy is {@code next}. */
    void follow(Policy next) {
        policy = next;
        drain = null;
    }

    /** A connection is gone that was open for so long. */
    void lived(Duration open) {
        if (open.compareTo(policy.resetAfter()) >= 0) {
            restart();
        }
    }

    /** The attempts count anew. */
    void restart() {
        tries = 0;
    }

    /** How many attempts were asked for since they count. */
    int tries() {
        return tries;
    }

    /** The server has announced its end, and asks clients to come back after so long. */
    void drain(Optional<Duration> retryAfter) {
        drain = retryAfter.orElse(null);
    }

    /** The wait before one more attempt after a connection that ended with {@code close}; empty if there have been enough. */
    Optional<Duration> next(CloseEvent close) {
        Optional<Duration> announced = Optional.ofNullable(drain);
        drain = null;
        return usual().map(usual -> close.delay(usual, announced, tries == 1));
    }

    private Optional<Duration> usual() {
        if (tries >= (ownMaxAttempts == 0 ? policy.maxAttempts() : ownMaxAttempts)) {
            return Optional.empty();
        }
        List<Duration> delays = policy.delays();
        Duration nominal = delays.get(Math.min(tries, delays.size() - 1));
        tries++;
        double share = 1 - policy.jitter() * random.nextDouble();
        return Optional.of(Duration.ofNanos(Math.round(nominal.toNanos() * share)));
    }
}
