package tokenly.session;

/**
 * Bounds of what many mailboxes take together, in bytes as {@link MailboxCost} counts them.
 *
 * @param all most bytes of all mailboxes of the server, at least 1
 * @param room most bytes of the mailboxes of one room, at least 1
 */
public record MailboxSums(long all, long room) {

    /** None. */
    public static final MailboxSums UNBOUNDED = new MailboxSums(Long.MAX_VALUE, Long.MAX_VALUE);

    public MailboxSums {
        if (all < 1 || room < 1) {
            throw new IllegalArgumentException("mailboxes have room for a byte: " + all + ", " + room);
        }
    }
}
