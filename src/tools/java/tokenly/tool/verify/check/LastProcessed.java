package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.Map;

/** The number that each instance processed last from each other instance. */
final class LastProcessed {

    private record Pair(int from, int at) {}

    private final Map<Pair, Long> last = new HashMap<>();

    /** 0 before the first. */
    long last(long from, int at) {
        return last.getOrDefault(new Pair((int) from, at), 0L);
    }

    /** Notes it, if it is the highest so far. */
    void raise(long from, int at, long number) {
        last.merge(new Pair((int) from, at), number, Math::max);
    }
}
