package tokenly.tool.verify.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultSchedule;

/**
 * Everything that happened in a run, in the order in which it was seen; it only grows. 32 bytes for each event and five or
 * six events for each signal: a million signals take less than 200 MB. Thread-safe.
 */
public final class History {

    /** Events in one block: 2 MB. */
    private static final int BLOCK = 65_536;

    private static final int WORDS = 4;

    // The first word of an event: 6 bits of kind, 18 of who + 1, 40 of time; 2^40 us are 12 days.
    private static final int KIND_SHIFT = 58;
    private static final int WHO_SHIFT = 40;
    private static final long WHO_MASK = (1 << 18) - 1;
    private static final long TIME_MASK = (1L << WHO_SHIFT) - 1;
    private static final EventKind[] KINDS = EventKind.values();

    private final Topology topology;
    private final Terms terms;
    private final FaultSchedule schedule;
    private final Supplier<Duration> now;
    private final List<long[]> blocks = new ArrayList<>(); // guarded by this
    private int size; // guarded by this

    /**
     * An empty one.
     *
     * @param now time since the run began; never goes back
     */
    public History(Topology topology, Terms terms, FaultSchedule schedule, Supplier<Duration> now) {
        this.topology = topology;
        this.terms = terms;
        this.schedule = schedule;
        this.now = now;
    }

    public Topology topology() {
        return topology;
    }

    public Terms terms() {
        return terms;
    }

    public FaultSchedule schedule() {
        return schedule;
    }

    /** The fault of that number. */
    public FaultEvent fault(int number) {
        return schedule.events().get(number);
    }

    /** The time of the history; the next event is not before it. */
    public long nowMicros() {
        return now.get().toNanos() / 1_000;
    }

    /** Something happened now. */
    synchronized void add(EventKind kind, int who, long a, long b, long c) {
        int place = size % BLOCK * WORDS;
        if (place == 0) {
            blocks.add(new long[BLOCK * WORDS]);
        }
        long[] block = blocks.get(blocks.size() - 1);
        block[place] = head(kind, who);
        block[place + 1] = a;
        block[place + 2] = b;
        block[place + 3] = c;
        size++;
    }

    @SuppressWarnings("EnumOrdinal") // written and read by one program, and never kept
    private long head(EventKind kind, int who) {
        long time = nowMicros() & TIME_MASK;
        long place = ((long) who + 1) & WHO_MASK;
        return ((long) kind.ordinal() << KIND_SHIFT) | (place << WHO_SHIFT) | time;
    }

    public synchronized int size() {
        return size;
    }

    public synchronized Event event(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("event " + index + " of " + size);
        }
        long[] block = blocks.get(index / BLOCK);
        int place = index % BLOCK * WORDS;
        long head = block[place];
        return new Event(
                index,
                KINDS[(int) (head >>> KIND_SHIFT)],
                head & TIME_MASK,
                (int) (head >>> WHO_SHIFT & WHO_MASK) - 1,
                block[place + 1],
                block[place + 2],
                block[place + 3]);
    }

    /** Shows {@code reader} all that has happened so far, in order. */
    public void each(Consumer<Event> reader) {
        int end = size();
        for (int index = 0; index < end; index++) {
            reader.accept(event(index));
        }
    }

    /** How long it lasts: the time of its last event. */
    public synchronized Duration length() {
        return size == 0 ? Duration.ZERO : event(size - 1).at();
    }
}
