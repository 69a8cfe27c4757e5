package tokenly.tool.faults;

import java.time.Duration;

/** The end of the pipe arrives later by {@code delay}; the bytes before it do not. */
final class SlowClose implements Toxic {

    private final Duration delay;

    SlowClose(Fault fault) {
        this.delay = fault.duration(Attribute.DELAY);
    }

    @Override
    public Duration leavesAt(Duration arrival, int bytes) {
        return bytes == 0 ? arrival.plus(delay) : arrival;
    }
}
