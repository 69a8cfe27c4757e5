package tokenly.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/** The signals of one session in one epoch, as its client has numbered them; each is kept until it is acknowledged. */
final class Outgoing {

    private final World world;
    private final SessionId session;
    private final Queue<Numbered> kept = new ArrayDeque<>();
    private long sent;
    private long acknowledged;

    private record Numbered(long seq, Signal signal) {}

    Outgoing(World world, SessionId session) {
        this.world = world;
        this.session = session;
    }

    /** The highest number so far, 0 before the first. */
    long sent() {
        return sent;
    }

    /** The highest number for which the server answers, 0 before the first. */
    long acknowledged() {
        return acknowledged;
    }

    /** Gives {@code signal} its number. */
    long add(Signal signal) {
        kept.add(new Numbered(++sent, signal));
        return sent;
    }

    /** Hands out all that is not acknowledged, in order. */
    void repeat(BiConsumer<Long, Signal> transmit) {
        kept.forEach(next -> transmit.accept(next.seq(), next.signal()));
    }

    /** The server answers for all up to {@code received}. */
    void acknowledged(long received) {
        world.require(
                received >= acknowledged && received <= sent,
                () -> session + " has sent " + acknowledged + " to " + sent + ", but " + received + " is acknowledged");
        acknowledged = received;
        while (!kept.isEmpty() && kept.element().seq() <= received) {
            world.deliveries.acknowledged(kept.remove().signal());
        }
    }
}
