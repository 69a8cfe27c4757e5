package tokenly.session;

/** What a message in a mailbox takes of the heap, as the sums over many mailboxes count it. */
public final class MailboxCost {

    /**
     * Of each message in each mailbox: its places in the list of the mailbox and in the index of the store, which grow by
     * halves and by doubling. The message itself counts once, by {@link Message#size}, in however many mailboxes it is.
     */
    public static final int ENTRY_BYTES = 32;

    private MailboxCost() {}
}
