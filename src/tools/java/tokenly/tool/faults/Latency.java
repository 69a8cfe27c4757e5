package tokenly.tool.faults;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Everything arrives later by {@code latency}, more or less {@code jitter}; the order is kept, and nothing is slowed down. */
final class Latency implements Toxic {

    private final Duration latency;
    private final Duration jitter;
    private final RandomGenerator random;

    Latency(Fault fault, RandomGenerator random) {
        this.latency = fault.duration(Attribute.LATENCY);
        this.jitter = fault.duration(Attribute.JITTER);
        this.random = random;
    }

    @Override
    public Duration leavesAt(Duration arrival, int bytes) {
        Duration spread = jitter.isZero() ? jitter : Duration.ofNanos(random.nextLong(2 * jitter.toNanos() + 1));
        return arrival.plus(latency).plus(spread).minus(jitter);
    }
}
