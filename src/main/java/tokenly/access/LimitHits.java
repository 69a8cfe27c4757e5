package tokenly.access;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import tokenly.session.Timer;

/**
 * Counts what is refused, and logs each trouble twice: a WARNING when its first refusal comes, an INFO when none has come
 * for a while. Thread-safe.
 */
public final class LimitHits {

    /** A trouble without a refusal for so long is over. */
    static final Duration QUIET = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(LimitHits.class.getName());

    private final Timer timer;
    private final Map<LimitHit, Trouble> troubles;

    /** Those of one kind. */
    private static final class Trouble {
        final LongAdder count = new LongAdder(); // since the server started
        final AtomicBoolean isOn = new AtomicBoolean();
    }

    public LimitHits(Timer timer) {
        this.timer = timer;
        this.troubles =
                Arrays.stream(LimitHit.values()).collect(Collectors.toMap(Function.identity(), kind -> new Trouble()));
    }

    /** How often {@code kind} has happened since the server started. */
    public long count(LimitHit kind) {
        return trouble(kind).count.sum();
    }

    /** {@code kind} has happened to a connection. */
    public void add(LimitHit kind) {
        add(kind, "");
    }

    /** {@code kind} has happened to {@code client}. */
    void add(LimitHit kind, ClientAddress client) {
        add(kind, kind.isOfAnAddress() ? " Address " + client + "; if it is a proxy, name it in tokenly.proxies." : "");
    }

    /** A rule has refused a handshake. */
    void add(HandshakeRules.Fault fault) {
        add(fault.reason(), fault.value().isEmpty() ? "" : " The first: " + fault.value());
    }

    private void add(LimitHit kind, String advice) {
        Trouble trouble = trouble(kind);
        long before = trouble.count.sum();
        trouble.count.increment();
        if (!trouble.isOn.get() && trouble.isOn.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "{0}: {1}.{2}", kind.setting(), kind.what(), advice);
            Duration begin = timer.now();
            timer.after(QUIET, () -> look(kind, begin, before, before));
        }
    }

    /**
     * Ends the trouble of {@code kind}, which began at {@code begin}, if nothing was added since the last look.
     *
     * @param first the count before the trouble
     * @param last the count at the last look
     */
    private void look(LimitHit kind, Duration begin, long first, long last) {
        Trouble trouble = trouble(kind);
        long now = trouble.count.sum();
        if (now != last) {
            timer.after(QUIET, () -> look(kind, begin, first, now));
            return;
        }
        trouble.isOn.set(false);
        LOG.log(
                Level.INFO,
                "{0}: over after {1} s, {2} times: {3}",
                kind.setting(),
                timer.now().minus(begin).minus(QUIET).toSeconds(),
                now - first,
                kind.what());
    }

    private Trouble trouble(LimitHit kind) {
        return troubles.computeIfAbsent(kind, none -> new Trouble()); // every kind is there
    }
}
