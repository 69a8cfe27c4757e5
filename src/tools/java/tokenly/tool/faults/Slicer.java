package tokenly.tool.faults;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Bytes pass in pieces of {@code average_size}, more or less {@code size_variation}, {@code delay} apart. */
final class Slicer implements Toxic {

    private final long averageSize;
    private final long sizeVariation;
    private final Duration delay;
    private final RandomGenerator random;
    private Duration next = Duration.ZERO;

    Slicer(Fault fault, RandomGenerator random) {
        this.averageSize = fault.value(Attribute.AVERAGE_SIZE);
        this.sizeVariation = fault.value(Attribute.SIZE_VARIATION);
        this.delay = fault.duration(Attribute.SLICE_DELAY);
        this.random = random;
    }

    @Override
    public int piece(int available) {
        long size = averageSize + random.nextLong(-sizeVariation, sizeVariation + 1);
        return (int) Math.min(available, Math.max(1, size));
    }

    @Override
    public Duration leavesAt(Duration arrival, int bytes) {
        Duration leaves = next.compareTo(arrival) > 0 ? next : arrival;
        if (bytes > 0) {
            next = leaves.plus(delay);
        }
        return leaves;
    }
}
