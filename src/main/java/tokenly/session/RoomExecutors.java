package tokenly.session;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Makes the executors of the rooms.
 *
 * @param threads run what no bringing thread runs; one that runs a task in place could keep a busy thread for ever
 * @param capacity most signals that may wait in one room before its senders are told that it is busy, at least 1
 * @param maxBytes most bytes of signals that may wait in all rooms together before senders are told that it is busy
 * @param now time since some fixed moment; never goes back
 * @param failures gets the name of a room and the exception that one of its steps failed with, which is a bug; on the thread
 *     that ran the step
 */
public record RoomExecutors(
        Executor threads, int capacity, long maxBytes, Supplier<Duration> now, BiConsumer<String, Throwable> failures) {

    private static final System.Logger LOG = System.getLogger(RoomExecutors.class.getName());

    /** Executors whose failures are logged as errors. */
    public RoomExecutors(Executor threads, int capacity, long maxBytes, Supplier<Duration> now) {
        this(threads, capacity, maxBytes, now, RoomExecutors::log);
    }

    private static void log(String room, Throwable failure) {
        LOG.log(Level.ERROR, "a step of room " + room + " failed", failure);
    }

    RoomExecutor open(RoomId room) {
        return new RoomExecutor(room.toString(), this);
    }
}
