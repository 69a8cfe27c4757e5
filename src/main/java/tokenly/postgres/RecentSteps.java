package tokenly.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps that were committed lately, for a standby that takes over and lacks some of them. Bounded: a standby that is further
 * behind has lost them. Belongs to the thread of the {@link Committer}.
 */
final class RecentSteps {

    /** Of all shards of a node: some seconds of what a busy one writes, a small part of the smallest heap, 256 MB. */
    static final long MAX_BYTES = 8L << 20;

    /** A standby that was further behind than this was not kept in step, and the operator was warned at the start. */
    static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final InstantSource clock;
    private final Deque<Kept> all = new ArrayDeque<>(); // the oldest first
    private final Map<Tenure, Deque<Kept>> byTenure = new HashMap<>(); // the same, by shard
    private long bytes;

    /** @param position of the shard behind the step */
    private record Kept(Tenure tenure, long position, Step step, Instant at) {}

    RecentSteps(InstantSource clock) {
        this.clock = clock;
    }

    /** {@code step} has moved the shard to {@code position}. */
    void add(Tenure tenure, long position, Step step) {
        Kept kept = new Kept(tenure, position, step, clock.instant());
        all.add(kept);
        byTenure.computeIfAbsent(tenure, any -> new ArrayDeque<>()).add(kept);
        bytes += step.size();
        Instant tooOld = kept.at().minus(MAX_AGE);
        while (bytes > MAX_BYTES || (!all.isEmpty() && all.element().at().isBefore(tooOld))) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Kept oldest = all.remove();
        bytes -= oldest.step().size();
        Deque<Kept> siblings = byTenure.get(oldest.tenure());
        if (siblings != null) {
            siblings.remove();
            if (siblings.isEmpty()) {
                byTenure.remove(oldest.tenure());
            }
        }
    }

    /** The steps that lead the shard from {@code from} to {@code to}; empty if they are not all kept. */
    Optional<List<Step>> between(Tenure tenure, long from, long to) {
        if (from == to) {
            return Optional.of(List.of());
        }
        List<Step> steps = new ArrayList<>();
        for (Kept kept : byTenure.getOrDefault(tenure, new ArrayDeque<>())) {
            if (kept.position() > from && kept.position() <= to) {
                steps.add(kept.step());
            }
        }
        return steps.size() == to - from ? Optional.of(steps) : Optional.empty();
    }
}
