package tokenly.session;

import org.jspecify.annotations.Nullable;

/**
 * A message that may be in many mailboxes of one room. It counts once, and each of its places in a mailbox counts, too.
 * Belongs to the executor of the room.
 */
final class MailboxItem {

    final Message message;
    final @Nullable Account payer;
    private final Room room;
    private int mailboxes;
    private boolean isPosted;

    /** @param payer for whom it counts; null if that is not known */
    MailboxItem(Message message, Room room, @Nullable Account payer) {
        this.message = message;
        this.room = room;
        this.payer = payer;
    }

    /** Whether a record that is being put together has it in a mailbox already. */
    boolean isPosted() {
        return isPosted;
    }

    void post() {
        isPosted = true;
    }

    /** It is in one more mailbox. */
    void added() {
        mailboxes++;
        count(mailboxes == 1, 1);
    }

    /** It is in one mailbox less. */
    void removed() {
        mailboxes--;
        isPosted = mailboxes > 0;
        count(mailboxes == 0, -1);
    }

    private void count(boolean isWhole, int sign) {
        long bytes = MailboxCost.ENTRY_BYTES + (isWhole ? message.size() : 0);
        room.addMailboxBytes(sign * bytes);
        if (payer != null) {
            payer.addMailboxBytes(sign * bytes);
        }
    }
}
