package tokenly.session;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of the signals that wait for their rooms: of all, and a quarter of that for each account. Thread-safe. */
final class QueueBudget {

    private static final int SHARES = 4;

    private final long limit;
    private final AtomicLong bytes = new AtomicLong();

    QueueBudget(long limit) {
        this.limit = limit;
    }

    /** Counts {@code more} bytes of {@code account}; false, and nothing is counted, if that would be too much. */
    boolean take(Account account, long more) {
        if (!account.addWaitingBytes(more, limit / SHARES)) {
            return false;
        }
        if (bytes.addAndGet(more) > limit) {
            free(account, more);
            return false;
        }
        return true;
    }

    /** {@code less} bytes of {@code account} wait no more. */
    void free(Account account, long less) {
        bytes.addAndGet(-less);
        account.removeWaitingBytes(less);
    }
}
