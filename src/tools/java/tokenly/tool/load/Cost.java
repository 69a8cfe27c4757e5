package tokenly.tool.load;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a stretch of time costs both sides. For one thread. */
final class Cost {

    private static final double UNIT = 100_000;

    private final Cpu server;
    private final Cpu generator = Cpu.ofThisProcess();
    private final Optional<Duration> serverBefore;
    private final Optional<Duration> generatorBefore;

    /** Begins to count. */
    Cost(Target target) {
        server = Cpu.of(target.pid());
        serverBefore = server.taken();
        generatorBefore = generator.taken();
    }

    /** Puts into {@code figures} what it cost until now, for 100,000 things of which {@code count} were done. */
    void put(Map<Figure, Double> figures, long count) {
        if (count > 0) {
            since(serverBefore, server).ifPresent(taken -> figures.put(Figure.SERVER_CPU_SECONDS, each(taken, count)));
            since(generatorBefore, generator)
                    .ifPresent(taken -> figures.put(Figure.GENERATOR_CPU_SECONDS, each(taken, count)));
        }
    }

    private static Optional<Duration> since(Optional<Duration> before, Cpu cpu) {
        return before.flatMap(then -> cpu.taken().map(now -> now.minus(then)));
    }

    private static double each(Duration taken, long count) {
        return taken.toNanos() / 1e9 * UNIT / count;
    }
}
