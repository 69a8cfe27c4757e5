package tokenly.session;

/**
 * Bounds of each mailbox.
 *
 * @param messages most messages, at least 1
 * @param bytes most of their {@linkplain Message#size sizes} together, at least 1
 */
public record MailboxBounds(int messages, long bytes) {

    public MailboxBounds {
        if (messages < 1 || bytes < 1) {
            throw new IllegalArgumentException("a mailbox has room for a message: " + messages + ", " + bytes);
        }
    }
}
