package tokenly.tool.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import tokenly.tool.text.UsageException;

/**
 * How many file descriptors this process may have, and has. A JVM on Linux raises its soft limit to the hard one by
 * itself, so it is the hard one that counts.
 *
 * @param limit most at a time
 * @param open now
 */
public record Descriptors(long limit, long open) {

    /** For what a run needs beyond its connections: the selector, the question for the status, classes still to be loaded. */
    private static final int RESERVE = 64;

    /** Those of this process; no limit where the system tells none. */
    public static Descriptors now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new Descriptors(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : new Descriptors(Long.MAX_VALUE, 0);
    }

    /**
     * Makes sure that {@code connections} can be opened.
     *
     * @throws UsageException if there are too few
     */
    public void check(int connections) {
        long needed = connections + open + RESERVE;
        if (needed > limit) {
            throw new UsageException(
                    "too_few_descriptors", connections, needed, limit, Math.max(1, limit - open - RESERVE));
        }
    }
}
