package tokenly.tool.faults;

import java.time.Duration;

/** No more than {@code rate} passes: each piece takes the time that the wire would need for it. */
final class Bandwidth implements Toxic {

    /** Pieces of a fiftieth of a second, so that a slow line trickles and does not burst. */
    private static final int PIECES_PER_SECOND = 50;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long bytesPerSecond;
    private Duration busyUntil = Duration.ZERO;

    Bandwidth(Fault fault) {
        this.bytesPerSecond = fault.value(Attribute.RATE);
    }

    @Override
    public int piece(int available) {
        return (int) Math.min(available, Math.max(1, bytesPerSecond / PIECES_PER_SECOND));
    }

    @Override
    public Duration leavesAt(Duration arrival, int bytes) {
        Duration start = busyUntil.compareTo(arrival) > 0 ? busyUntil : arrival;
        busyUntil = start.plusNanos(bytes * NANOS_PER_SECOND / bytesPerSecond);
        return busyUntil;
    }
}
