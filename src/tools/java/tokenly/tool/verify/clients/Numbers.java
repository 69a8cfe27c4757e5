package tokenly.tool.verify.clients;

import java.util.Arrays;

/** Which signal of an instance went out as which number of the protocol, in its last two epochs. Belongs to the client's thread. */
final class Numbers {

    private static final int USUAL = 64;

    private InEpoch now = new InEpoch("");
    private InEpoch before = now;

    private static final class InEpoch {
        final String epoch;
        private long[] signals = new long[USUAL];

        InEpoch(String epoch) {
            this.epoch = epoch;
        }

        void put(int seq, long signal) {
            if (seq >= signals.length) {
                signals = Arrays.copyOf(signals, seq * 2);
            }
            signals[seq] = signal;
        }

        long signal(long seq) {
            return seq >= 0 && seq < signals.length ? signals[(int) seq] : 0;
        }
    }

    /** {@code epoch} begins: the protocol counts from 1 again. */
    void restart(String epoch) {
        before = now;
        now = new InEpoch(epoch);
    }

    void put(long seq, long signal) {
        now.put((int) seq, signal);
    }

    /** The signal that went out as {@code seq} in the present epoch, 0 if none did. */
    long signal(long seq) {
        return now.signal(seq);
    }

    /** The signal that went out as {@code seq} in {@code epoch}, 0 if none did that is known. */
    long signal(String epoch, long seq) {
        if (now.epoch.equals(epoch)) {
            return now.signal(seq);
        }
        return before.epoch.equals(epoch) ? before.signal(seq) : 0;
    }
}
