package tokenly.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mailboxes of one room while a record is put together: what each of them will hold, and whether there is memory for more.
 * For one {@link Transaction}, which leaves the mailboxes themselves unchanged until it is shown.
 */
final class PendingMailboxes {

    /** A mailbox of fewer messages takes news of its room whatever else is in memory: at most 2 KiB for each session. */
    private static final int FEW = 64;

    /** What it takes in the sender's mailbox that one signal does not reach one peer. */
    private static final long UNDELIVERABLE_BYTES =
            MailboxCost.ENTRY_BYTES + Message.OVERHEAD_BYTES + (long) Long.BYTES;

    private final Room room;
    private final MailboxBounds bounds;
    private final Map<Session, PendingMailbox> boxes = new HashMap<>();
    private long cost; // of what is added to mailboxes

    PendingMailboxes(Room room, MailboxBounds bounds) {
        this.room = room;
        this.bounds = bounds;
    }

    PendingMailbox of(Session session) {
        return boxes.computeIfAbsent(session, first -> new PendingMailbox(first.mailbox(), bounds));
    }

    /** Begins a new mailbox of {@code session}. */
    void restart(Session session) {
        boxes.put(session, new PendingMailbox(new Mailbox(), bounds));
    }

    /** Adds {@code item} to the mailbox of {@code to}; returns its number there. */
    long add(Session to, MailboxItem item) {
        cost += MailboxCost.ENTRY_BYTES + (item.isPosted() ? 0 : item.message.size());
        item.post();
        return of(to).add(item);
    }

    /** Empties the mailbox of {@code session} for good; returns what was in it. */
    List<MailboxItem> overflow(Session session) {
        PendingMailbox box = of(session);
        cost = Math.max(0, cost - (long) box.size() * MailboxCost.ENTRY_BYTES);
        return box.overflow();
    }

    /** Whether the mailbox of {@code session} should take so many messages about presence now: it has room, and there is memory. */
    boolean hasRoomForNews(Session session, int count) {
        PendingMailbox box = of(session);
        long more = cost + (long) count * (MailboxCost.ENTRY_BYTES + Message.OVERHEAD_BYTES);
        return box.takesNews(count) && (box.size() + count <= FEW || room.mayKeepNews(more));
    }

    /** Whether the account of {@code sender} has not filled its half of the mailbox of {@code to}. */
    boolean hasShare(Session sender, Session to, Message message) {
        return sender.account()
                .filter(account -> !of(to).hasShareFor(account, message))
                .isEmpty();
    }

    /** Whether {@code message} of {@code sender} may be kept in the mailbox of {@code addressee}, if that has one. */
    boolean mayPost(Session sender, Session addressee, Message message) {
        return !addressee.isResumable()
                || (hasShare(sender, addressee, message) && mayKeep(sender, message.size() + MailboxCost.ENTRY_BYTES));
    }

    /**
     * Whether {@code message} of {@code sender} may be kept in the mailboxes of all {@code others}, and what names those that
     * it cannot reach in that of the sender.
     *
     * @param full those of the others in whose mailboxes the account of the sender has no share left
     */
    boolean mayPost(Session sender, List<Session> others, List<Session> full, Message message) {
        long entries = others.stream().filter(Session::isResumable).count();
        long unreached = others.stream()
                .filter(other -> other.isResumable() && (of(other).hasOverflowed() || full.contains(other)))
                .count();
        boolean isTooMuchToTell =
                sender.isResumable() && unreached > 0 && of(sender).size() + unreached > bounds.messages() / 2;
        long more = message.size() + entries * MailboxCost.ENTRY_BYTES + unreached * UNDELIVERABLE_BYTES;
        return entries == 0 || (!isTooMuchToTell && mayKeep(sender, more));
    }

    private boolean mayKeep(Session sender, long more) {
        return room.mayKeep(sender.account().orElse(null), cost + more);
    }

    /**
     * Whether there is memory for {@code item}. All others were asked about before; what names a loss to its sender counts as the
     * sender's signals do, and else empties the mailbox of that sender.
     */
    boolean mayKeep(MailboxItem item, PendingMailbox box) {
        return !(item.message instanceof Message.Undeliverable)
                || box.hasOverflowed()
                || box.size() < FEW
                || room.mayKeep(item.payer, cost + MailboxCost.ENTRY_BYTES + item.message.size());
    }
}
