package tokenly.tool.load;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts and times what arrives within a window, and what it costs. Only on the thread of the receivers' client. */
final class Meter {

    private final Stopwatch watch;
    private final Target target;
    private final Times times = new Times();
    private @Nullable Cost cost; // not null while it is open
    private long opened;

    Meter(Stopwatch watch, Target target) {
        this.watch = watch;
        this.target = target;
    }

    /** From now on it counts. */
    void open() {
        cost = new Cost(target);
        opened = watch.nanos();
    }

    /** Something arrived that was sent, or was to be sent, at {@code since}. */
    void arrived(long since) {
        if (cost != null) {
            times.add(watch.nanos() - since);
        }
    }

    /** Counts no more, and says what came of it. */
    Map<Figure, Double> close() {
        double seconds = (watch.nanos() - opened) / 1e9;
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.MESSAGES_PER_SECOND, times.count() / seconds);
        if (cost != null) {
            cost.put(figures, times.count());
        }
        cost = null;
        times.percentiles().ifPresent(took -> {
            figures.put(Figure.P50_MICROS, took.p50().toNanos() / 1e3);
            figures.put(Figure.P99_MICROS, took.p99().toNanos() / 1e3);
            figures.put(Figure.P999_MICROS, took.p999().toNanos() / 1e3);
        });
        return figures;
    }
}
