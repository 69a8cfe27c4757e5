package tokenly.tool.load;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The processor time that a stretch of time costs the server and this process: user and system time, in steps of 10 ms on
 * Linux. For one thread.
 */
final class Cost {

    private static final double UNIT = 100_000;

    private final Optional<ProcessHandle> server;
    private final Optional<Duration> serverBefore;
    private final Optional<Duration> generatorBefore;

    /** Begins to count. */
    Cost(Target target) {
        server = target.pid().isPresent() ? ProcessHandle.of(target.pid().getAsLong()) : Optional.empty();
        serverBefore = server.flatMap(Cost::taken);
        generatorBefore = taken(ProcessHandle.current());
    }

    /** Puts into {@code figures} what it cost until now, for 100,000 things of which {@code count} were done. */
    void put(Map<Figure, Double> figures, long count) {
        if (count > 0) {
            since(serverBefore, server.flatMap(Cost::taken))
                    .ifPresent(taken -> figures.put(Figure.SERVER_CPU_SECONDS, each(taken, count)));
            since(generatorBefore, taken(ProcessHandle.current()))
                    .ifPresent(taken -> figures.put(Figure.GENERATOR_CPU_SECONDS, each(taken, count)));
        }
    }

    /** Since the start of {@code process}; empty if the system does not tell. */
    private static Optional<Duration> taken(ProcessHandle process) {
        return process.info().totalCpuDuration();
    }

    private static Optional<Duration> since(Optional<Duration> before, Optional<Duration> now) {
        return before.flatMap(then -> now.map(taken -> taken.minus(then)));
    }

    private static double each(Duration taken, long count) {
        return taken.toNanos() / 1e9 * UNIT / count;
    }
}
