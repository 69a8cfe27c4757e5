package tokenly.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt, and when to give up (PROTOCOL.md, "Reconnecting"). */
final class Backoff {

    private final RandomGenerator random;
    private final int ownMaxAttempts; // 0: the server says
    private Policy policy = Policy.USUAL;
    private int tries;

    Backoff(RandomGenerator random, int ownMaxAttempts) {
        this.random = random;
        this.ownMaxAttempts = ownMaxAttempts;
    }

    /** From now on this is the policy. */
    void follow(Policy next) {
        policy = next;
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

    /** The wait before one more attempt; empty if there have been enough. */
    Optional<Duration> next() {
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
