package tokenly.tool.load;

import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A round that is over.
 *
 * @param elapsed from its beginning to its end; for {@code DROP} and {@code LEAVE} until the status showed it
 * @param took of a single peer's step; null where none is timed
 */
record Phase(
        Round.Kind kind,
        Counts counts,
        Duration elapsed,
        @Nullable Percentiles took,
        Check check) {

    /**
     * How the peers fared.
     *
     * @param failures how many failed for each reason, by its name
     */
    record Counts(int all, int succeeded, SortedMap<String, Integer> failures) {

        int failed() {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * The server's status after the round.
     *
     * @param seen null if it did not answer
     */
    record Check(Expectation expected, @Nullable ServerStatus seen) {

        boolean isMet() {
            return seen != null && expected.isMetBy(seen);
        }
    }

    boolean isAsExpected() {
        return counts.succeeded() == counts.all() && counts.failures().isEmpty() && check.isMet();
    }

    /** Steps that succeeded, per second. */
    double perSecond() {
        return elapsed.isZero() ? 0 : counts.succeeded() / seconds();
    }

    double seconds() {
        return elapsed.toNanos() / 1e9;
    }
}
