package tokenly.tool.verify.troupe;

import java.util.Arrays;

/** Which signal of a seat went out as which number of the protocol, in the present epoch. Belongs to the client's thread. */
final class Numbers {

    private long[] signals = new long[64];

    /** A new epoch: the protocol counts from 1 again. */
    void restart() {
        Arrays.fill(signals, 0);
    }

    void put(long seq, long signal) {
        int place = (int) seq;
        if (place >= signals.length) {
            signals = Arrays.copyOf(signals, place * 2);
        }
        signals[place] = signal;
    }

    /** The signal that went out as {@code seq}, 0 if none did. */
    long signal(long seq) {
        return seq >= 0 && seq < signals.length ? signals[(int) seq] : 0;
    }
}
