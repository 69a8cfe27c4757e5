package tokenly.tool.verify.clients;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tokenly.tool.Ticker;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.Topology;

/**
 * Makes the programs send: to one other of the room, and now and then to all, at a rate or as fast as the server
 * acknowledges. One thread sends for all of them.
 */
public final class SignalGenerator implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(5);

    /** Unacknowledged signals of one session beyond which it waits: a window of 20 ms acks is filled at 6,000 a second. */
    private static final int WINDOW = 128;

    /** Out of so many signals one is for all. */
    private static final int TO_ALL = 10;

    private final ClientFleet fleet;
    private final Topology topology;
    private final int rate;
    private final Supplier<Duration> now;
    private final RandomGenerator random;
    private final Queue<Flood> floods = new ConcurrentLinkedQueue<>();
    private @Nullable Ticker ticker;
    private double due; // the ticker's, and so is last
    private Duration last = Duration.ZERO;

    /** Signals to one session that are still to be sent. */
    private static final class Flood {
        final int session;
        int left;

        Flood(int session, int count) {
            this.session = session;
            this.left = count;
        }
    }

    /**
     * Nothing is sent yet.
     *
     * @param rate signals per second of all together; 0 for as many as possible
     * @param seed of who sends to whom
     */
    public SignalGenerator(ClientFleet fleet, Topology topology, int rate, long seed, Supplier<Duration> now) {
        this.fleet = fleet;
        this.topology = topology;
        this.rate = rate;
        this.now = now;
        this.random = new SplittableRandom(seed);
    }

    public void start() {
        last = now.get();
        ticker = Ticker.start("workload", TICK, this::tick);
    }

    /** Lets the others of its room send {@code count} signals more to {@code session}, as fast as they can. */
    public void flood(int session, int count) {
        floods.add(new Flood(session, count));
    }

    private void tick() {
        Duration time = now.get();
        if (rate == 0) {
            for (int session = 0; session < topology.sessions(); session++) {
                fill(session);
            }
        } else {
            due = Math.min(
                    rate, due + rate * time.minus(last).toNanos() / 1e9); // what is missed for a second is missed
            for (; due >= 1; due--) {
                send(random.nextInt(topology.sessions()));
            }
        }
        last = time;
        floods.forEach(this::flood);
        floods.removeIf(flood -> flood.left <= 0);
    }

    private void fill(int session) {
        for (int room = WINDOW - fleet.program(session).pending(); room > 0; room--) {
            send(session);
        }
    }

    private void send(int session) {
        ClientProgram program = fleet.program(session);
        if (!program.isOn() || program.pending() >= WINDOW) {
            return;
        }
        List<Integer> others = others(session);
        boolean isForAll = random.nextInt(TO_ALL) == 0;
        program.send(isForAll ? Event.ALL : others.get(random.nextInt(others.size())));
    }

    private void flood(Flood flood) {
        for (int session : others(flood.session)) {
            ClientProgram program = fleet.program(session);
            while (program.isOn() && flood.left > 0 && program.pending() < WINDOW) {
                program.send(flood.session);
                flood.left--;
            }
        }
    }

    private List<Integer> others(int session) {
        return topology.sessionsIn(topology.room(session)).stream()
                .filter(other -> other != session)
                .toList();
    }

    /** No more signals. */
    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
    }
}
