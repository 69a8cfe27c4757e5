package tokenly.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the server has accepted of the signals that one session sends: in which epoch, up to which number, and whether the
 * client leaves numbers out. Belongs to the executor of the session's room, but for {@link #noteRefused}.
 */
final class AcceptedSignals {

    private Epoch epoch;
    private long acceptedSeq; // highest number that is taken
    private volatile boolean wasRefused; // a signal, since the last gap; set by any thread
    private @Nullable SeqGap gap; // null while there was none since the last number that was taken
    private @Nullable Source lostEnd; // position in the epoch whose end the store may have lost; null if in none

    AcceptedSignals(Epoch epoch, long acceptedSeq) {
        this.epoch = epoch;
        this.acceptedSeq = acceptedSeq;
    }

    Epoch epoch() {
        return epoch;
    }

    /** The highest number that is taken, 0 before the first. */
    long acceptedSeq() {
        return acceptedSeq;
    }

    /** Takes signal {@code seq}. */
    void take(long seq) {
        acceptedSeq = seq;
        gap = null;
    }

    /** Begins {@code next}, with no signal. */
    void restart(Epoch next) {
        epoch = next;
        acceptedSeq = 0;
        gap = null;
    }

    /** Notes that the next signal of the client has come, whether or not it can be taken: nothing is left out. */
    void noteNext() {
        gap = null;
    }

    /** Notes, on any thread, that a signal of the client was refused before its executor saw it: a gap may come of that. */
    void noteRefused() {
        wasRefused = true;
    }

    /** Notes that the client has left out a number; returns whether it will never send that. */
    boolean noteGap(Duration now) {
        if (wasRefused) {
            wasRefused = false;
            gap = null;
        }
        SeqGap next = gap == null ? SeqGap.first(acceptedSeq, now) : gap.again(now);
        gap = next;
        return next.isForGood();
    }

    /** The store may have lost the end of the epoch: a new one begins next. */
    void loseEnd() {
        lostEnd = new Source(epoch, acceptedSeq);
    }

    /** A connection holds the session again, and has learned which epoch counts. */
    void forgetLostEnd() {
        lostEnd = null;
    }

    /** Whether the store may have lost the end of {@code asked}, and that is why the session has another epoch. */
    boolean hasLostEndOf(Epoch asked) {
        return lostEnd != null && lostEnd.epoch().equals(asked);
    }

    /** The highest number of {@code asked} that the server has; null if it does not know that epoch. */
    @Nullable
    Long acceptedIn(Epoch asked) {
        if (asked.equals(epoch)) {
            return acceptedSeq;
        }
        return lostEnd != null && hasLostEndOf(asked) ? lostEnd.seq() : null;
    }
}
