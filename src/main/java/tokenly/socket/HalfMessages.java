package tokenly.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tokenly.access.LimitHit;
import tokenly.access.LimitHits;
import tokenly.session.Timer;

/**
 * The messages that have begun and not ended, over all connections, within a bound: past it, those that began first are given
 * up. A message that comes whole never comes here. Thread-safe; calls assemblies under no lock.
 */
final class HalfMessages {

    private final long limit;
    private final Duration timeout;
    private final Timer timer;
    private final LimitHits limitHits;
    private final Map<Assembly, Long> begun = new LinkedHashMap<>(); // guarded by this; the bytes of each
    private long bytes; // guarded by this; of all

    /**
     * @param limit in bytes
     * @param timeout from the first part of a message to its last, unless that is a large one
     */
    HalfMessages(long limit, Duration timeout, Timer timer, LimitHits limitHits) {
        this.limit = limit;
        this.timeout = timeout;
        this.timer = timer;
        this.limitHits = limitHits;
    }

    Duration now() {
        return timer.now();
    }

    /** From the first part of a message to its last, unless it is a large one. */
    Duration timeout() {
        return timeout;
    }

    /** {@code assembly} looks in a while whether its message still comes. Cancel the task when that has ended. */
    Timer.Task check(Assembly assembly, long message, Duration delay) {
        return timer.after(delay, () -> assembly.checkPace(message));
    }

    /** A message did not come in time. */
    void noteLate() {
        limitHits.add(LimitHit.HALF_MESSAGE_LATE);
    }

    /** {@code assembly} holds {@code held} bytes now. A lone one may hold more than the bound. */
    void hold(Assembly assembly, long held) {
        for (Assembly evicted : count(assembly, held)) {
            limitHits.add(LimitHit.HALF_MESSAGE_FULL);
            evicted.giveUp();
        }
    }

    private synchronized List<Assembly> count(Assembly assembly, long held) {
        Long before = begun.put(assembly, held);
        bytes += held - (before == null ? 0 : before);
        List<Assembly> evicted = new ArrayList<>(0);
        Iterator<Map.Entry<Assembly, Long>> oldest = begun.entrySet().iterator();
        while (bytes > limit && begun.size() > 1) {
            Map.Entry<Assembly, Long> entry = oldest.next();
            evicted.add(entry.getKey());
            bytes -= entry.getValue();
            oldest.remove();
        }
        return evicted;
    }

    /** {@code assembly} holds nothing any more. */
    synchronized void free(Assembly assembly) {
        Long held = begun.remove(assembly);
        bytes -= held == null ? 0 : held;
    }

    /** Bytes of all. */
    synchronized long held() {
        return bytes;
    }
}
