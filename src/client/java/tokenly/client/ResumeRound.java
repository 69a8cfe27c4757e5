package tokenly.client;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the outcomes of the sessions that one connection was asked for. */
final class ResumeRound {

    private final long attempt;
    private final int frames;
    private final Duration start;
    private final Set<Session> open;
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

    /** What becomes of a session that is to be resumed. */
    enum Outcome {
        RESUMED,
        RESET,
        GONE
    }

    ResumeRound(long attempt, int frames, Duration start, List<Session> sessions) {
        this.attempt = attempt;
        this.frames = frames;
        this.start = start;
        this.open = new HashSet<>(sessions);
    }

    /** {@code session} has its outcome, or none if it has ended; returns the report when it was the last. */
    Optional<ResumeReport> outcome(Session session, @Nullable Outcome outcome, Duration now) {
        if (!open.remove(session)) {
            return Optional.empty();
        }
        if (outcome != null) {
            counts.merge(outcome, 1, Integer::sum);
        }
        return open.isEmpty() ? Optional.of(report(now)) : Optional.empty();
    }

    private ResumeReport report(Duration now) {
        return new ResumeReport(
                attempt, frames, count(Outcome.RESUMED), count(Outcome.RESET), count(Outcome.GONE), now.minus(start));
    }

    private int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
