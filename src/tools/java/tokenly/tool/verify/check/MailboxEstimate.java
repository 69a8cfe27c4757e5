package tokenly.tool.verify.check;

import java.util.ArrayDeque;
import java.util.Deque;

/** How much the mailbox of one session may hold at the server at most: what was sent to it, less what it has surely acknowledged. */
final class MailboxEstimate {

    /** How long an acknowledgement may be under way, through a proxy that delays it, and then be lost with its connection. */
    private static final long UNDER_WAY_MICROS = 3_000_000;

    private static final long SAMPLE_MICROS = 50_000;

    private record Ack(long atMicros, long seq) {}

    private final Deque<Ack> recent = new ArrayDeque<>(); // one of each twentieth of a second
    private long posted;
    private long surelyAcknowledged;

    /** A signal was sent to it. */
    void post() {
        posted++;
    }

    /** It has acknowledged up to {@code seq}; who came and went is numbered, too. */
    void acknowledge(long atMicros, long seq) {
        posted = Math.max(posted, seq);
        if (recent.isEmpty() || atMicros - recent.getLast().atMicros() > SAMPLE_MICROS) {
            recent.add(new Ack(atMicros, seq));
        }
        settle(atMicros);
    }

    private void settle(long nowMicros) {
        while (!recent.isEmpty() && nowMicros - recent.getFirst().atMicros() > UNDER_WAY_MICROS) {
            surelyAcknowledged = recent.removeFirst().seq();
        }
    }

    /** Its connection is lost: what is under way now may never arrive. */
    void lose(long atMicros) {
        settle(atMicros);
        recent.clear();
    }

    /** A new epoch: an empty mailbox. */
    void restart() {
        recent.clear();
        posted = 0;
        surelyAcknowledged = 0;
    }

    long most() {
        return posted - surelyAcknowledged;
    }
}
