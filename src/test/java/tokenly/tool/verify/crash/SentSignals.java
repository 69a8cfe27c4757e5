package tokenly.tool.verify.crash;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/** The signals of one session in one epoch, as its client numbers and keeps them. */
final class SentSignals {

    /** One that the client keeps: its number in the epoch, and that of all that the instance ever sent. */
    record Kept(long seq, long number, int to) {}

    private final Queue<Kept> kept = new ArrayDeque<>();
    private final Map<Long, Long> numbers = new HashMap<>(); // by seq
    private long sent;
    private long acknowledged;

    /** The highest number in the epoch that the server has acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** The highest number in the epoch. */
    long sent() {
        return sent;
    }

    Kept add(long number, int to) {
        Kept next = new Kept(++sent, number, to);
        kept.add(next);
        numbers.put(sent, number);
        return next;
    }

    /** The number of {@code seq} among all that the instance ever sent; 0 if it never sent that. */
    long number(long seq) {
        return numbers.getOrDefault(seq, 0L);
    }

    /** The server has all up to {@code received}. */
    void acknowledged(long received) {
        acknowledged = Math.max(acknowledged, received);
        kept.removeIf(signal -> signal.seq() <= received);
    }

    /** Shows {@code reader} all that is not acknowledged, in order. */
    void each(Consumer<Kept> reader) {
        kept.forEach(reader);
    }

    /** A new epoch begins with nothing; returns what is written off. */
    List<Kept> restart() {
        List<Kept> lost = new ArrayList<>(kept);
        kept.clear();
        numbers.clear();
        sent = 0;
        acknowledged = 0;
        return lost;
    }
}
