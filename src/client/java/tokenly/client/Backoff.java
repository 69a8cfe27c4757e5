package tokenly.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt, and when to give up (PROTOCOL.md, "Reconnecting"). These are two counts: a connection that
 * held a session was a success, however short it was; but only one that has lived long enough makes the delays begin anew, so that a
 * server that falls over again and again is not hammered.
 */
final class Backoff {

    private final RandomGenerator random;
    private final int maxAttempts; // 0: no end
    private Policy policy = Policy.USUAL;
    private int tries; // attempts since the last success
    private int place; // in the list of delays
    private @Nullable Duration drain; // what the current connection has announced; null for nothing

    /** @param maxAttempts attempts without a success before it gives up; 0 for no end */
    Backoff(RandomGenerator random, int maxAttempts) {
        this.random = random;
        this.maxAttempts = maxAttempts;
    }

    /** A connection is open, whose policy is {@code next}. */
    void follow(Policy next) {
        policy = next;
        drain = null;
    }

    /** The current connection holds a session. */
    void succeeded() {
        tries = 0;
    }

    /** A connection is gone that was open for so long. */
    void lived(Duration open) {
        if (open.compareTo(policy.resetAfter()) >= 0) {
            restart();
        }
    }

    /** Attempts and delays count anew. */
    void restart() {
        tries = 0;
        place = 0;
    }

    /** How many attempts were asked for since the last success. */
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
        if (maxAttempts > 0 && tries >= maxAttempts) {
            return Optional.empty();
        }
        boolean isFirst = place == 0;
        Duration usual = usual();
        tries++;
        place++;
        return Optional.of(close.delay(usual, announced, isFirst));
    }

    private Duration usual() {
        List<Duration> delays = policy.delays();
        Duration nominal = delays.get(Math.min(place, delays.size() - 1));
        double share = 1 - policy.jitter() * random.nextDouble();
        return Duration.ofNanos(Math.round(nominal.toNanos() * share));
    }
}
