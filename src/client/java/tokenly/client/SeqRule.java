package tokenly.client;

/**
 * The first half of exactly once: the messages of one mailbox are processed in the order of their numbers, each once per
 * epoch.
 */
class SeqRule {

    private long processed;

    /** What a number means. */
    enum Verdict {
        NEXT,
        /** Processed before. */
        OLD,
        /** One before it has not come. */
        GAP
    }

    Verdict judge(long seq) {
        if (seq <= processed) {
            return Verdict.OLD;
        }
        return seq == processed + 1 ? Verdict.NEXT : Verdict.GAP;
    }

    /** That message is processed. */
    void processed(long seq) {
        processed = seq;
    }

    /** The highest number that is processed, 0 for none. */
    long processed() {
        return processed;
    }

    /** A new epoch, in which {@code seq} is the highest number that is processed. */
    void restart(long seq) {
        processed = seq;
    }
}
