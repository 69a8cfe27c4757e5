package tokenly.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the mailbox of a session will be when a record that is being put together is written. For one {@link Transaction}. */
final class PendingMailbox {

    /** Fill ratio of a mailbox above which a connected reader is closed with 4012, to resume before the mailbox overflows. */
    private static final double TIGHT = 0.75;

    private final MailboxBounds bounds;
    private final List<MailboxItem> added = new ArrayList<>(1);
    private List<MailboxItem> before;
    private long last;
    private long bytes;
    private boolean overflowed;

    PendingMailbox(Mailbox mailbox, MailboxBounds bounds) {
        this.bounds = bounds;
        before = mailbox.items();
        last = mailbox.last();
        bytes = mailbox.bytes();
        overflowed = mailbox.hasOverflowed();
    }

    /** Whether {@code message} fits into it. */
    boolean takes(Message message) {
        return size() < bounds.messages() && bytes + message.size() <= bounds.bytes();
    }

    /** Whether it holds more than it may, because it may hold less than it once might. */
    boolean isBeyondBounds() {
        return size() > bounds.messages() || bytes > bounds.bytes();
    }

    boolean hasOverflowed() {
        return overflowed;
    }

    /** Empties it for good; returns what was in it. */
    List<MailboxItem> overflow() {
        List<MailboxItem> lost = new ArrayList<>(before);
        lost.addAll(added);
        before = List.of();
        added.clear();
        overflowed = true;
        return lost;
    }

    /**
     * Whether messages that count for {@code payer} take no more than half of what the mailbox may hold, with {@code message}:
     * so one address cannot make it overflow.
     */
    boolean hasShareFor(Account payer, Message message) {
        if (!payer.isBounded() || (size() < bounds.messages() / 2 && bytes + message.size() <= bounds.bytes() / 2)) {
            return true;
        }
        List<MailboxItem> own = Stream.concat(before.stream(), added.stream())
                .filter(item -> payer.equals(item.payer))
                .toList();
        long ownBytes = own.stream().mapToLong(item -> item.message.size()).sum();
        return own.isEmpty() || (own.size() < bounds.messages() / 2 && ownBytes + message.size() <= bounds.bytes() / 2);
    }

    int size() {
        return before.size() + added.size();
    }

    /** So full that a connection which reads has no excuse. */
    boolean isTight() {
        return size() > bounds.messages() * TIGHT || bytes > bounds.bytes() * TIGHT;
    }

    /** Takes out what is done: {@code count} of those that were there. */
    void trim(int count) {
        bytes -= before.subList(0, count).stream()
                .mapToLong(item -> item.message.size())
                .sum();
        before = before.subList(count, before.size());
    }

    long add(MailboxItem item) {
        added.add(item);
        bytes += item.message.size();
        return ++last;
    }
}
