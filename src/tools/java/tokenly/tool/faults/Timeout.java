package tokenly.tool.faults;

import java.time.Duration;
import java.util.Optional;

/** Nothing passes, neither bytes nor an end. After {@code timeout} the connection is closed; with 0 it stays, a black hole. */
final class Timeout implements Toxic {

    private final Duration timeout;

    Timeout(Fault fault) {
        this.timeout = fault.duration(Attribute.TIMEOUT);
    }

    @Override
    public Duration leavesAt(Duration arrival, int bytes) {
        return NEVER;
    }

    @Override
    public Optional<Duration> cutsAfter() {
        return timeout.isZero() ? Optional.empty() : Optional.of(timeout);
    }
}
