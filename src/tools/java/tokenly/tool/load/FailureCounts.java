package tokenly.tool.load;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What went wrong, counted by its reason in kebab-case. Thread-safe. */
final class FailureCounts {

    private final SortedMap<String, Long> counts = new TreeMap<>(); // guarded by this

    void add(String reason) {
        add(reason, 1);
    }

    /** @param times nothing happens if there are none */
    synchronized void add(String reason, long times) {
        if (times > 0) {
            counts.merge(reason, times, Long::sum);
        }
    }

    synchronized SortedMap<String, Long> all() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
}
