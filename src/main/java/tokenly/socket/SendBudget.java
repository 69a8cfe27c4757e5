package tokenly.socket;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tokenly.session.Timer;

/**
 * What all outboxes together may hold: messages that wait, and sends that are under way, which count double, for the text and
 * for the container's buffer. Sends for which there is no room wait in a line until others have landed. While any wait, or
 * the sum is passed, readers whose send has been under way for long are let go, the longest first.
 *
 * <p>Thread-safe. Its lock is the innermost: it may be taken under the lock of an outbox, and nothing is called under it.
 * {@link #settle} calls other outboxes, so it is called under no lock.
 */
final class SendBudget {

    /** A reader whose send takes longer is let go while others wait. */
    static final Duration SLOW = Duration.ofSeconds(1);

    private static final Duration CHECK = Duration.ofMillis(250);

    /**
     * A send that counts up to this, a usual frame, need not wait in line: large ones to readers that do not read shall not
     * hold it up.
     */
    private static final long SMALL_BYTES = 8 << 10;

    private final long limit;
    private final Timer timer;
    private final SharedTexts texts = new SharedTexts();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final Set<Outbox> outboxes = ConcurrentHashMap.newKeySet();
    private final Set<Outbox> awaitingRoom = ConcurrentHashMap.newKeySet();
    private final Queue<Turn> line = new ArrayDeque<>(); // guarded by this
    private boolean isServing; // guarded by this; a thread gives out turns
    private final AtomicInteger queued = new AtomicInteger(); // in the line, or about to be
    private final AtomicBoolean isWaking = new AtomicBoolean();
    private final AtomicBoolean isWatched = new AtomicBoolean();
    private final AtomicBoolean isUrgent = new AtomicBoolean();

    /** An outbox that may not send yet, and what its send counts. */
    private record Turn(Outbox outbox, long bytes) {}

    /** @param limit in bytes */
    SendBudget(long limit, Timer timer) {
        this.limit = limit;
        this.timer = timer;
    }

    Duration now() {
        return timer.now();
    }

    /** {@code outbox} may be let go from now on, until it is {@link #remove}d. */
    void add(Outbox outbox) {
        outboxes.add(outbox);
    }

    void remove(Outbox outbox) {
        outboxes.remove(outbox);
        awaitingRoom.remove(outbox);
    }

    /** {@code unsent} waits. */
    void hold(Unsent unsent) {
        waiting.addAndGet(texts.hold(unsent));
        long sum = sum();
        if (sum > limit) {
            watch();
        }
        if (sum > 2 * limit && isUrgent.compareAndSet(false, true)) {
            timer.after(Duration.ZERO, () -> {
                isUrgent.set(false);
                letGo();
            });
        }
    }

    /** {@code unsent} waits no more. */
    void free(Unsent unsent) {
        waiting.addAndGet(-texts.free(unsent));
    }

    /** Whether {@code outbox} may send {@code bytes} now; if not, {@link Outbox#sendWaiting} is called when it may. */
    boolean take(Outbox outbox, long bytes) {
        if ((queued.get() == 0 || bytes <= SMALL_BYTES) && takeNow(bytes)) {
            return true;
        }
        synchronized (this) {
            queued.incrementAndGet(); // before the next try: a send that lands after it sees that one waits
            if (line.isEmpty() && takeNow(bytes)) {
                queued.decrementAndGet();
                return true;
            }
            line.add(new Turn(outbox, bytes));
        }
        watch();
        return false;
    }

    private boolean takeNow(long bytes) {
        long most = bytes <= SMALL_BYTES ? limit / 4 * 3 : limit / 2;
        while (true) {
            long before = underWay.get();
            if (before > 0 && before + bytes > most) { // a lone one may always go
                return false;
            }
            if (underWay.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    /** A send that was taken is over; {@link #settle} is to follow. */
    void landed(long bytes) {
        underWay.addAndGet(-bytes);
    }

    /** Whether {@code outbox} should take what could also wait elsewhere; if not, {@link OutboxOwner#roomAgain} is called later. */
    boolean hasRoom(Outbox outbox) {
        if (sum() <= limit / 4 * 3) {
            return true;
        }
        awaitingRoom.add(outbox);
        watch();
        return sum() <= limit / 2 && awaitingRoom.remove(outbox);
    }

    /** Gives what has become free to those who wait. */
    void settle() {
        if (queued.get() > 0) {
            serve();
        }
        if (isRoomAwaited() && isWaking.compareAndSet(false, true)) {
            try {
                while (isRoomAwaited()) {
                    List<Outbox> woken = List.copyOf(awaitingRoom);
                    woken.stream()
                            .filter(awaitingRoom::remove)
                            .forEach(outbox -> outbox.owner().roomAgain());
                }
            } finally {
                isWaking.set(false);
            }
        }
    }

    private boolean isRoomAwaited() {
        return !awaitingRoom.isEmpty() && sum() <= limit / 2;
    }

    /** One thread at a time, in a loop: a send may land at once, and would call this again. */
    private void serve() {
        synchronized (this) {
            if (isServing) {
                return; // that thread looks again before it ends
            }
            isServing = true;
        }
        boolean isDone = false;
        try {
            for (Turn turn = nextTurn(); turn != null; turn = nextTurn()) {
                turn.outbox().sendWaiting(turn.bytes());
            }
            isDone = true;
        } finally {
            if (!isDone) { // whatever it was, the others must get their turns
                endServing();
            }
        }
    }

    private synchronized void endServing() {
        isServing = false;
    }

    private synchronized @Nullable Turn nextTurn() {
        Turn turn = line.peek();
        if (turn == null || !takeNow(turn.bytes())) {
            isServing = false;
            return null;
        }
        queued.decrementAndGet();
        return line.remove();
    }

    private long sum() {
        return waiting.get() + underWay.get();
    }

    private boolean isTroubled() {
        return queued.get() > 0 || sum() > limit || !awaitingRoom.isEmpty();
    }

    private void watch() {
        if (!isWatched.get() && isWatched.compareAndSet(false, true)) {
            timer.after(CHECK, this::check);
        }
    }

    private void check() {
        letGo();
        isWatched.set(false);
        settle();
        if (isTroubled()) {
            watch();
        }
    }

    /** A reader, and since when a send to it is under way, or has not arrived. */
    private record Reader(Outbox outbox, Duration since) {}

    private void letGo() {
        Duration slow = timer.now().minus(SLOW);
        List<Reader> readers = outboxes.stream()
                .flatMap(outbox -> outbox.stuckSince().map(since -> new Reader(outbox, since)).stream())
                .sorted(Comparator.comparing(Reader::since))
                .toList();
        for (Reader reader : readers) {
            boolean isSlow = isTroubled() && reader.since().compareTo(slow) < 0;
            if (!isSlow && sum() <= 2 * limit) {
                return;
            }
            reader.outbox().owner().letGo();
        }
    }

    /** Bytes that count now: of what waits, and of what is under way. */
    long held() {
        return sum();
    }
}
