package tokenly.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the mailbox of a session will be when a record that is being put together is written. For one {@link Transaction}. */
final class PendingMailbox {

    /** Fill ratio of a mailbox above which a connected reader is closed with 4012, to resume before the mailbox overflows. */
    private static final double TIGHT = 0.75;

    /** So many unread messages about presence a mailbox takes; what follows waits, and is told in short later. */
    static final int MOST_NEWS = 256;

    private final MailboxBounds bounds;
    private final List<MailboxItem> added = new ArrayList<>(1);
    private List<MailboxItem> before;
    private long last;
    private long bytes; // of all but the news
    private int news;
    private boolean overflowed;

    PendingMailbox(Mailbox mailbox, MailboxBounds bounds) {
        this.bounds = bounds;
        before = mailbox.items();
        last = mailbox.last();
        bytes = mailbox.bytes() - mailbox.newsBytes();
        news = mailbox.news();
        overflowed = mailbox.hasOverflowed();
    }

    /** Whether {@code message} fits into it; one about presence always does, see {@link #takesNews}. */
    boolean takes(Message message) {
        return message instanceof Message.OfPresence
                || (signals() < bounds.messages() && bytes + message.size() <= bounds.bytes());
    }

    /** Whether so many messages about presence should stand in it, and need not wait. */
    boolean takesNews(int count) {
        return news + count <= MOST_NEWS && !overflowed;
    }

    /** Whether it holds more than it may, because it may hold less than it once might. */
    boolean isBeyondBounds() {
        return signals() > bounds.messages() || bytes > bounds.bytes();
    }

    boolean hasOverflowed() {
        return overflowed;
    }

    /** Empties it for good; returns what was in it. */
    List<MailboxItem> overflow() {
        List<MailboxItem> lost = new ArrayList<>(items());
        before = List.of();
        added.clear();
        news = 0;
        overflowed = true;
        return lost;
    }

    /**
     * Whether messages that count for {@code payer} take no more than half of what the mailbox may hold, with {@code message}:
     * so one address cannot make it overflow.
     */
    boolean hasShareFor(Account payer, Message message) {
        if (!payer.isBounded() || (signals() < bounds.messages() / 2 && bytes + message.size() <= bounds.bytes() / 2)) {
            return true;
        }
        List<MailboxItem> own = items().stream()
                .filter(item -> payer.equals(item.payer) && !(item.message instanceof Message.OfPresence))
                .toList();
        long ownBytes = own.stream().mapToLong(item -> item.message.size()).sum();
        return own.isEmpty() || (own.size() < bounds.messages() / 2 && ownBytes + message.size() <= bounds.bytes() / 2);
    }

    int size() {
        return before.size() + added.size();
    }

    /** How many messages count against its bounds. */
    private int signals() {
        return size() - news;
    }

    /** So full that a connection which reads has no excuse. */
    boolean isTight() {
        return signals() > bounds.messages() * TIGHT || bytes > bounds.bytes() * TIGHT;
    }

    /** Takes out what is done: {@code count} of those that were there. */
    void trim(int count) {
        before.subList(0, count).forEach(item -> count(item, -1));
        before = before.subList(count, before.size());
    }

    long add(MailboxItem item) {
        added.add(item);
        count(item, 1);
        return ++last;
    }

    private void count(MailboxItem item, int sign) {
        if (item.message instanceof Message.OfPresence) {
            news += sign;
        } else {
            bytes += sign * item.message.size();
        }
    }

    /** All that is in it, in order. */
    List<MailboxItem> items() {
        return Stream.concat(before.stream(), added.stream()).toList();
    }
}
