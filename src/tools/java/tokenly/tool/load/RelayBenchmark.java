package tokenly.tool.load;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tokenly.tool.Polling;
import tokenly.tool.load.ws.NioClient;
import tokenly.tool.text.UsageException;

/** As many messages as go through: each sender keeps a number of them in flight, and sends the next when one has arrived. */
public final class RelayBenchmark implements Benchmark {

    private final PairPlan plan;
    private final int inFlight;

    /**
     * Checks what is to be done.
     *
     * @param inFlight messages of each pair that are sent and not received yet, 1 to 1,000
     * @throws UsageException if that is out of its range
     */
    public RelayBenchmark(PairPlan plan, int inFlight) {
        UsageException.checkRange("--in-flight", inFlight, 1, 1_000);
        this.plan = plan;
        this.inFlight = inFlight;
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Map<String, Integer> settings() {
        return plan.settings("in_flight", inFlight);
    }

    @Override
    public int connections() {
        return 2 * plan.pairs();
    }

    @Override
    public Sample measure(Target target, String run, Consumer<Stage> stage) throws IOException, InterruptedException {
        try (NioClient client = new NioClient(target.rtc(), RandomGenerator.getDefault(), target.options())) {
            Stopwatch watch = new Stopwatch();
            Flow flow = new Flow(new Meter(watch, target), watch);
            Pairs pairs = new Pairs(target, run, client, client, plan, flow);
            stage.accept(Stage.JOINING);
            pairs.join();
            stage.accept(Stage.WARMING_UP);
            client.execute(() -> pairs.all().forEach(flow::fill));
            Polling.pass(plan.warmUp());
            stage.accept(Stage.MEASURING);
            client.execute(flow.meter::open);
            Polling.pass(plan.window());
            Map<Figure, Double> figures = client.call(flow::stop);
            stage.accept(Stage.ENDING);
            pairs.end();
            return new Sample(figures, pairs.faults().all());
        }
    }

    /** Keeps the messages coming. On the client's thread. */
    private final class Flow implements Pair.Arrival {

        private final Meter meter;
        private final Stopwatch watch;
        private final long[][] sentAt = new long[plan.pairs()][inFlight]; // by pair, and by number modulo inFlight
        private boolean isStopped;

        Flow(Meter meter, Stopwatch watch) {
            this.meter = meter;
            this.watch = watch;
        }

        void fill(Pair pair) {
            for (int i = 0; i < inFlight; i++) {
                send(pair);
            }
        }

        @Override
        public void of(Pair pair, long number) {
            meter.arrived(sentAt[pair.index()][(int) (number % inFlight)]);
            if (!isStopped) {
                send(pair);
            }
        }

        private void send(Pair pair) {
            pair.sender().say();
            sentAt[pair.index()][(int) (pair.sender().sent() % inFlight)] = watch.nanos();
        }

        Map<Figure, Double> stop() {
            isStopped = true;
            return meter.close();
        }
    }
}
