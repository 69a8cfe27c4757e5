package tokenly.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What was given to one socket and may not have arrived: behind every so many bytes goes a ping, whose answer says that they have. No more
 * than a window of them is on its way, so that on a slow link a ping, or an answer, waits behind little; where answers come fast, the window
 * grows. A way on which pings get lost, as through some proxies, has no window. Belongs to its outbox, and is guarded by it.
 */
final class InFlight {

    /** In bytes. A slow link of 2.4 kB/s takes 27 s for it. */
    static final int SMALLEST_WINDOW = 64 << 10;

    static final int LARGEST_WINDOW = 256 << 10;

    private static final int PINGS_IN_A_WINDOW = 4;

    /** More than these are not remembered: an answer to a later ping says more. */
    private static final int MOST_UNANSWERED = 16;

    private static final Duration FAST = Duration.ofMillis(250);
    private static final Duration SLOW = Duration.ofSeconds(2);

    /** A ping: all up to {@code mark} stands before it. */
    private record Ping(long mark, Duration sent) {}

    private final Queue<Ping> unanswered = new ArrayDeque<>(0);
    private long given; // bytes that the socket was given
    private long marked; // of those, how many stand before the last ping
    private long arrived; // of those, how many have been answered for
    private int window = SMALLEST_WINDOW;
    private boolean isBounded = true;
    private @Nullable Duration
            heldSince; // since when nothing has arrived, though more waits for that; null if nothing does

    /** Whether the socket may be given more; a frame that is larger than the window may pass it. */
    boolean hasRoom() {
        return hasRoom(0);
    }

    /** The same, where {@code waiting} bytes are to be given to it before. */
    boolean hasRoom(long waiting) {
        return !isBounded || given - arrived + waiting < window;
    }

    /** More waits until something has arrived. */
    void hold(Duration now) {
        heldSince = now;
    }

    boolean isHolding() {
        return heldSince != null;
    }

    /** Since when nothing has arrived, though more waits. */
    Optional<Duration> heldSince() {
        return Optional.ofNullable(heldSince);
    }

    /** Something has arrived; whether what has waited for that may go on. */
    boolean release(Duration now) {
        boolean wasHolding = isHolding();
        heldSince = wasHolding && !hasRoom() ? now : null;
        return wasHolding && !isHolding();
    }

    void give(long bytes) {
        given += bytes;
    }

    /** The number that a ping should bear now, which is due behind every quarter of a window; 0 if none is. */
    long duePing(Duration now) {
        return isBounded && given - marked >= window / PINGS_IN_A_WINDOW ? ping(now) : 0;
    }

    /** The number that a ping bears which is sent now, from 1. */
    long ping(Duration now) {
        marked = Math.max(given, marked + 1); // no two are the same
        given = marked;
        if (isBounded) {
            unanswered.add(new Ping(marked, now));
        }
        if (unanswered.size() > MOST_UNANSWERED) {
            unanswered.remove();
        }
        return marked;
    }

    /** The ping {@code mark} is answered; false if no such one was sent, or it was answered before. */
    boolean answer(long mark, Duration now) {
        Optional<Ping> asked =
                unanswered.stream().filter(ping -> ping.mark() == mark).findFirst();
        if (asked.isEmpty()) {
            return false;
        }
        Ping answered = asked.get();
        unanswered.removeIf(ping -> ping.mark() <= mark);
        boolean isBusy = given - arrived >= window / 2;
        arrived = Math.max(arrived, mark);
        Duration roundTrip = now.minus(answered.sent());
        if (roundTrip.compareTo(FAST) < 0 && isBusy) {
            window = Math.min(LARGEST_WINDOW, window * 2);
        } else if (roundTrip.compareTo(SLOW) > 0) {
            window = SMALLEST_WINDOW;
        }
        return true;
    }

    /** How many bytes must arrive before the next answer can come. */
    long beforeNextAnswer() {
        return isBounded ? (unanswered.isEmpty() ? given : unanswered.element().mark()) - arrived : 0;
    }

    /** Pings are not answered though the far side is alive: nothing is waited for any more. */
    void stopWaiting() {
        isBounded = false;
        unanswered.clear();
        arrived = given;
    }
}
