package tokenly.tool.load.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tokenly.tool.load.Stopwatch;

/** Counts and times what arrives within a window, and what it costs. Only on the thread of the receivers' client. */
final class Meter {

    private static final double UNIT = 100_000;

    private final Stopwatch watch;
    private final Cpu server;
    private final Cpu generator = Cpu.ofThisProcess();
    private final Times times = new Times();
    private boolean isOpen;
    private long opened;
    private Optional<Duration> serverBefore = Optional.empty();
    private Optional<Duration> generatorBefore = Optional.empty();

    Meter(Stopwatch watch, Target target) {
        this.watch = watch;
        this.server = Cpu.of(target.pid());
    }

    /** From now on it counts. */
    void open() {
        serverBefore = server.taken();
        generatorBefore = generator.taken();
        opened = watch.nanos();
        isOpen = true;
    }

    /** Something arrived that was sent, or was to be sent, at {@code since}. */
    void arrived(long since) {
        if (isOpen) {
            times.add(watch.nanos() - since);
        }
    }

    /** Counts no more, and says what came of it. */
    Map<Figure, Double> close() {
        isOpen = false;
        double seconds = (watch.nanos() - opened) / 1e9;
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.MESSAGES_PER_SECOND, times.count() / seconds);
        put(figures, Figure.SERVER_CPU_SECONDS, serverBefore, server);
        put(figures, Figure.GENERATOR_CPU_SECONDS, generatorBefore, generator);
        times.percentiles().ifPresent(took -> {
            figures.put(Figure.P50_MICROS, took.p50().toNanos() / 1e3);
            figures.put(Figure.P99_MICROS, took.p99().toNanos() / 1e3);
            figures.put(Figure.P999_MICROS, took.p999().toNanos() / 1e3);
        });
        return figures;
    }

    private void put(Map<Figure, Double> figures, Figure figure, Optional<Duration> before, Cpu cpu) {
        if (times.count() > 0) {
            before.flatMap(then -> cpu.taken().map(now -> now.minus(then).toNanos() / 1e9))
                    .ifPresent(seconds -> figures.put(figure, seconds * UNIT / times.count()));
        }
    }
}
