package tokenly.session;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Makes the executors of the rooms.
 *
 * @param threads run what no bringing thread runs; one that runs a task in place could keep a busy thread for ever
 * @param capacity most signals that may wait in one room before its senders are told that it is busy, at least 1
 * @param maxBytes most bytes of signals that may wait in all rooms together before senders are told that it is busy
 * @param now time since some fixed moment; never goes back
 */
public record RoomExecutors(Executor threads, int capacity, long maxBytes, Supplier<Duration> now) {

    RoomExecutor open(RoomId room) {
        return new RoomExecutor(room.toString(), threads, capacity, now);
    }
}
