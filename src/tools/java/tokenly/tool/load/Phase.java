package tokenly.tool.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.text.JsonLine;
import tokenly.tool.text.Text;

/**
 * A round that is over.
 *
 * @param elapsed from its beginning to its end; for {@code DROP} and {@code LEAVE} until the status showed it
 * @param took of a single peer's step; null where none is timed
 */
record Phase(
        PhaseRun.Kind kind,
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
     * @param seen empty if it did not answer
     */
    record Check(Expectation expected, Optional<StatusProbe> seen) {

        boolean isMet() {
            return seen.filter(expected::isMetBy).isPresent();
        }
    }

    /** For people. */
    Text name() {
        return Text.named("phase_", kind);
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

    JsonLine json() {
        JsonLine json = new JsonLine()
                .with("phase", kind.name().toLowerCase(Locale.ROOT))
                .with("as_expected", isAsExpected())
                .with("count", counts.all())
                .with("succeeded", counts.succeeded())
                .with("failures", counts.failures())
                .with("seconds", seconds())
                .with("per_second", perSecond());
        if (took != null) {
            json.with("p50_ms", took.p50Millis()).with("p99_ms", took.p99Millis());
        }
        return json.with(
                        "expected",
                        json(check.expected().state(), check.expected().activeSessions()))
                .with(
                        "status",
                        check.seen()
                                .map(seen -> json(seen.state(), seen.activeSessions()))
                                .orElse(null));
    }

    private static JsonLine json(@Nullable String state, int activeSessions) {
        JsonLine json = new JsonLine();
        if (state != null) {
            json.with("state", state);
        }
        return json.with("active_sessions", activeSessions);
    }
}
