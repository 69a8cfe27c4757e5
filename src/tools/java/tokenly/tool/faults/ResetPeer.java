package tokenly.tool.faults;

import java.time.Duration;
import java.util.Optional;

/** After {@code timeout} the receiver of this direction is sent an RST, as if the sender had crashed. */
final class ResetPeer implements Toxic {

    private final Duration timeout;

    ResetPeer(Fault fault) {
        this.timeout = fault.duration(Attribute.TIMEOUT);
    }

    @Override
    public Optional<Duration> cutsAfter() {
        return Optional.of(timeout);
    }
}
