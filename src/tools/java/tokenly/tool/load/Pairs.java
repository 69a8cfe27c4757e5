package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import tokenly.tool.Polling;
import tokenly.tool.load.ws.WebSocketClient;

/** All pairs of one round, from their coming to their leaving. */
final class Pairs {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServerUnderTest subject;
    private final String run;
    private final WebSocketClient senders;
    private final WebSocketClient receivers;
    private final CountDownLatch outside;
    private final CountDownLatch inside;
    private final FailureCounts faults = new FailureCounts();
    private final List<Pair> all;

    /**
     * @param senders the client on which those are that send; it may be the same as {@code receivers}
     * @param plan how many, and how long each message
     */
    Pairs(
            Target target,
            String run,
            WebSocketClient senders,
            WebSocketClient receivers,
            PairPlan plan,
            Pair.Arrival arrival) {
        this.subject = target.subject();
        this.run = run;
        this.senders = senders;
        this.receivers = receivers;
        this.outside = new CountDownLatch(2 * plan.pairs());
        this.inside = new CountDownLatch(2 * plan.pairs());
        this.all = IntStream.range(0, plan.pairs())
                .mapToObj(i -> new Pair(this, i, plan.bytes(), senders, receivers, arrival))
                .toList();
    }

    ServerUnderTest subject() {
        return subject;
    }

    String run() {
        return run;
    }

    List<Pair> all() {
        return all;
    }

    FailureCounts faults() {
        return faults;
    }

    /** BenchListener that count who has come and what fails. */
    BenchListener listener(Runnable heard) {
        return new BenchListener() {

            @Override
            public void joined() {
                outside.countDown();
            }

            @Override
            public void left() {
                inside.countDown();
            }

            @Override
            public void heard() {
                heard.run();
            }

            @Override
            public void failed(String reason) {
                faults.add(reason);
            }
        };
    }

    /**
     * Brings all of them into their rooms.
     *
     * @throws IOException if not all of them get there
     */
    void join() throws IOException, InterruptedException {
        senders.execute(() -> all.forEach(pair -> pair.sender().join()));
        receivers.execute(() -> all.forEach(pair -> pair.receiver().join()));
        if (!outside.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(outside.getCount() + " of " + 2 * all.size() + " did not get in: " + faults.all());
        }
    }

    /** Waits for all that is under way, counts as a fault what does not come, and lets all of them leave. */
    void end() throws InterruptedException {
        Polling.until(LIMIT, () -> unanswered() == 0 && missing() == 0);
        faults.add("not-received", missing());
        faults.add("one-too-many", -missing());
        faults.add("not-acknowledged", unanswered());
        senders.execute(() -> all.forEach(pair -> pair.sender().leave()));
        receivers.execute(() -> all.forEach(pair -> pair.receiver().leave()));
        if (!inside.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            faults.add("not-left", inside.getCount());
        }
    }

    private long missing() {
        long sent = senders.call(() -> sum(all, pair -> pair.sender().sent()));
        return sent - receivers.call(() -> sum(all, Pair::received));
    }

    private long unanswered() {
        return senders.call(
                () -> sum(all, pair -> pair.sender().sent() - pair.sender().answeredFor()));
    }

    private static long sum(List<Pair> pairs, ToLongFunction<Pair> what) {
        return pairs.stream().mapToLong(what).sum();
    }
}
