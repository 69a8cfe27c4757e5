package tokenly.tool.faults;

import java.time.Duration;
import java.util.Optional;

/**
 * What one fault does to one direction of one connection: it says when which bytes go on. Made anew for each, asked in the
 * order of the bytes, and by the loop only. By itself it lets everything pass at once.
 */
interface Toxic {

    /** Later than everything. */
    Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** How many of the next bytes go on together: 1 to {@code available}. */
    default int piece(int available) {
        return available;
    }

    /**
     * When the next piece goes on; in the past means now.
     *
     * @param arrival of these bytes at this toxic
     * @param bytes of the piece; 0 for the end of the pipe
     */
    default Duration leavesAt(Duration arrival, int bytes) {
        return arrival;
    }

    /** Whether the connection is to be closed after what has passed so far. */
    default boolean isSpent() {
        return false;
    }

    /** How long after this toxic came into the pipe the connection ends, if it does. */
    default Optional<Duration> cutsAfter() {
        return Optional.empty();
    }
}
