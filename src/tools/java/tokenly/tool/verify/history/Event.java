package tokenly.tool.verify.history;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * One thing that happened.
 *
 * @param index its place in the history, from 0
 * @param atMicros when it was seen, in microseconds since the run began; never less than that of the event before
 * @param who an instance, or what {@code kind} says
 * @param a see {@code kind}, and so are b and c
 */
public record Event(int index, EventKind kind, long atMicros, int who, long a, long b, long c) {

    /** For a signal to all others in the room. */
    public static final int ALL = -1;

    /** No instance. */
    public static final int NOBODY = -1;

    public Duration at() {
        return Duration.of(atMicros, ChronoUnit.MICROS);
    }

    public boolean isA(EventKind other) {
        return kind == other;
    }

    /** Of a connection's event. */
    public long connection() {
        return a;
    }

    /** Of {@link EventKind#FAILED} and {@link EventKind#RESET}. */
    public Reason reason() {
        return Reason.of(c);
    }

    /** Of {@link EventKind#PEER}. */
    public PeerChange change() {
        return PeerChange.of(b);
    }

    /** Of {@link EventKind#STATUS}. */
    public State state() {
        return State.of(a);
    }

    /**
     * Whether what was under way to the instance's session, and is not processed, is written off at this moment. It is not when
     * its program leaves: that happens in the end, when all must have arrived.
     */
    public boolean isWriteOff() {
        return switch (kind) {
            case CREATED, RESET, GONE, TAKEN_OVER, ENDED -> true;
            default -> false;
        };
    }

    /** Whether the instance has its session, on the event's connection. */
    public boolean isAttach() {
        return kind == EventKind.CREATED || kind == EventKind.RESUMED || kind == EventKind.RESET;
    }
}
