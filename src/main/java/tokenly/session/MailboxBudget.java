package tokenly.session;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the mailboxes of all rooms take together, and who may still add to it. While there is plenty, each account and each
 * room has its share. The last quarter is for accounts that use next to nothing, so that a few that use their whole share do
 * not silence the others. Thread-safe; rooms that add at the same moment may pass a bound by one record each.
 */
final class MailboxBudget {

    /** An account uses next to nothing if it uses less than one part in so many of all. */
    private static final int SMALL = 64;

    private final MailboxSums sums;
    private final AtomicLong bytes = new AtomicLong();

    MailboxBudget(MailboxSums sums) {
        this.sums = sums;
    }

    /**
     * Whether {@code cost} more bytes may be kept.
     *
     * @param payer null if it is not known, since the server was restarted
     * @param roomBytes that the mailboxes of the room take already
     */
    boolean allows(@Nullable Account payer, long roomBytes, long cost) {
        long used = bytes.get();
        if (cost > sums.all() - used || cost > sums.room() - roomBytes) {
            return false;
        }
        if (payer == null) {
            return true;
        }
        boolean isTight = used + cost > sums.all() - sums.all() / 4;
        return isTight ? payer.mailboxBytes() + cost <= sums.all() / SMALL : payer.hasRoomFor(cost);
    }

    /** Whether all may take {@code cost} more bytes. */
    boolean allows(long cost) {
        return cost <= sums.all() - bytes.get();
    }

    /** Counts {@code change} more bytes; negative once they are gone. */
    void add(long change) {
        bytes.addAndGet(change);
    }
}
