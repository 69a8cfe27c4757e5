package tokenly.store;

import tokenly.session.MailboxCost;
import tokenly.session.Store.Change;

/**
 * Keeps the index small while an old log is read: where messages stand is remembered of as many as the mailboxes may have
 * entries. Past that the largest mailboxes are abandoned, until the others leave a quarter free.
 */
final class EntryBound {

    /** So much of the bound may be passed before entries are counted: counting takes a look at every session. */
    private static final int SLACK = 8;

    private final Index index;
    private final long bound;
    private long atMost; // entries: as many as were counted last, and have come since

    /** @param mailboxBytes the most that all mailboxes may take */
    EntryBound(Index index, long mailboxBytes) {
        this.index = index;
        this.bound = mailboxBytes / MailboxCost.ENTRY_BYTES;
    }

    /** Notes what the index has just followed. */
    void follow(Entry entry) {
        for (Change change : entry.changes()) {
            atMost += change instanceof Change.Appended ? 1 : 0;
        }
        if (atMost > bound + bound / SLACK) {
            enforce();
        }
    }

    /**
     * What is kept of {@code bound} once something must go: else a server would stand at its bound when it starts, and would
     * refuse the next signal.
     */
    static long roomy(long bound) {
        return bound - bound / 4;
    }

    /** Abandons the largest mailboxes, as many as it takes. */
    void enforce() {
        atMost = index.sessionEntries().stream().mapToLong(SessionEntry::held).sum();
        if (atMost <= bound) {
            return;
        }
        for (SessionEntry sessionEntry : index.largestFirst()) {
            if (atMost <= roomy(bound)) {
                return;
            }
            atMost -= sessionEntry.held();
            sessionEntry.abandonMessages();
        }
    }
}
