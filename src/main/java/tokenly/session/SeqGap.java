package tokenly.session;

import java.time.Duration;

/**
 * A gap in a client's numbers, and how often the client has sent beyond what is missing. A healthy client sends what is
 * missing as soon as it is told of the gap; what it has sent before may arrive late, but all at once. Belongs to the executor of
 * the session's room.
 *
 * @param acceptedSeq the number before the gap
 * @param times that the client sent beyond it, each at least {@link #APART} after the one before
 * @param last when that was last so, in the timer's time
 */
record SeqGap(long acceptedSeq, int times, Duration last) {

    static final Duration APART = Duration.ofSeconds(3);

    /** After so many times, 9 s at least, the client no longer has what is missing. */
    static final int TIMES = 4;

    /** The client sends beyond {@code acceptedSeq} for the first time. */
    static SeqGap first(long acceptedSeq, Duration now) {
        return new SeqGap(acceptedSeq, 1, now);
    }

    /** The client does so again. */
    SeqGap again(Duration now) {
        return now.minus(last).compareTo(APART) >= 0 ? new SeqGap(acceptedSeq, times + 1, now) : this;
    }

    boolean isForGood() {
        return times >= TIMES;
    }
}
