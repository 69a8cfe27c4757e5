package tokenly.session;

/**
 * What mailboxes cost in memory. Each distinct message counts once with its {@link Message#size}, however many mailboxes of
 * its room hold it; and each entry of a mailbox counts with {@link #ENTRY_BYTES}.
 */
public final class MailboxCost {

    /**
     * Of one message in one mailbox, in bytes: a reference in a list that grows by half (4 to 6), and where the message stands
     * in the store's log (12, in an array that doubles: 12 to 24), rounded up.
     */
    public static final int ENTRY_BYTES = 32;

    private MailboxCost() {}
}
