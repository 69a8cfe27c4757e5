package tokenly.session;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Makes the lanes of the rooms.
 *
 * @param executor runs what no bringing thread runs; one that runs a task in place could keep a busy thread for ever
 * @param capacity most signals that may wait in one room before its senders are told that it is busy, at least 1
 * @param maxBytes most bytes of signals that may wait in all rooms together before senders are told that it is busy
 * @param now time since some fixed moment; never goes back
 */
public record Lanes(Executor executor, int capacity, long maxBytes, Supplier<Duration> now) {

    Lane open(RoomId room) {
        return new Lane(room.toString(), executor, capacity, now);
    }
}
