package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tokenly.tool.Polling;
import tokenly.tool.load.ws.NioClient;
import tokenly.tool.load.ws.SocketOptions;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.text.UsageException;

/**
 * How long messages take at a rate that the server can bear. Each has a time at which it is due, whatever has become of those
 * before it, and its latency counts from then: a server that stalls is not spared the messages that its stall held up.
 */
public final class LatencyBenchmark implements Benchmark {

    private static final int MAX_RATE = 1_000_000;

    private final PairPlan plan;
    private final int rate;

    /**
     * Checks what is to be done.
     *
     * @param rate messages per second of all pairs together, 1 to 1,000,000
     * @throws UsageException if that is out of its range
     */
    public LatencyBenchmark(PairPlan plan, int rate) {
        UsageException.checkRange("--rate", rate, 1, MAX_RATE);
        this.plan = plan;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public Map<String, Integer> settings() {
        return plan.settings("rate", rate);
    }

    @Override
    public int connections() {
        return 2 * plan.pairs();
    }

    @Override
    public Sample measure(Target target, String run, Consumer<Stage> stage) throws IOException, InterruptedException {
        Stopwatch watch = new Stopwatch();
        SocketOptions options = target.options();
        RandomGenerator random = RandomGenerator.getDefault();
        try (NioClient senders = new NioClient(target.rtc(), random, options.punctual());
                NioClient receivers = new NioClient(target.rtc(), random, options)) {
            Meter meter = new Meter(watch, target);
            Timetable timetable = new Timetable(watch, senders);
            Pairs pairs = new Pairs(
                    target,
                    run,
                    senders,
                    receivers,
                    plan,
                    (pair, number) -> meter.arrived(timetable.dueNanos(pair.index(), number)));
            stage.accept(Stage.JOINING);
            pairs.join();
            stage.accept(Stage.WARMING_UP);
            timetable.begin(pairs);
            Polling.pass(plan.warmUp());
            stage.accept(Stage.MEASURING);
            senders.execute(timetable.late::clear);
            receivers.execute(meter::open);
            Polling.pass(plan.window());
            Map<Figure, Double> figures = new EnumMap<>(receivers.call(meter::close));
            senders.call(timetable::stop).ifPresent(late -> figures.put(Figure.LATE_P99_MICROS, late.toNanos() / 1e3));
            stage.accept(Stage.ENDING);
            pairs.end();
            return new Sample(figures, pairs.faults().all());
        }
    }

    /** When which pair's sender speaks: one after the other, at even intervals. On the senders' thread but for {@link #dueNanos}. */
    private final class Timetable {

        private static final double NANOS = 1e9;

        private final Stopwatch watch;
        private final WebSocketClient senders;
        private final Times late = new Times(); // how much later than due each was sent
        private volatile long beganNanos;
        private long next; // message, of all pairs
        private boolean isStopped;

        Timetable(Stopwatch watch, WebSocketClient senders) {
            this.watch = watch;
            this.senders = senders;
        }

        /** When the {@code number}th message of a pair is due, on the clock of the watch; on any thread, after {@link #begin}. */
        long dueNanos(int pair, long number) {
            return dueNanos((number - 1) * plan.pairs() + pair);
        }

        private long dueNanos(long message) {
            return beganNanos + (long) (message * NANOS / rate);
        }

        void begin(Pairs pairs) {
            beganNanos = watch.nanos();
            senders.execute(() -> sendDue(pairs));
        }

        private void sendDue(Pairs pairs) {
            if (isStopped) {
                return;
            }
            long now = watch.nanos();
            while (dueNanos(next) <= now) {
                late.add(now - dueNanos(next));
                pairs.all().get((int) (next % plan.pairs())).sender().say();
                next++;
            }
            senders.after(Duration.ofNanos(dueNanos(next) - now), () -> sendDue(pairs));
        }

        /** Sends no more, and tells how late 1 of 100 was sent. */
        Optional<Duration> stop() {
            isStopped = true;
            return late.percentiles().map(Percentiles::p99);
        }
    }
}
