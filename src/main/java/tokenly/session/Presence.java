package tokenly.session;

import org.jspecify.annotations.Nullable;

/**
 * When a session was last away or back, and since when it is told nothing of the others that are: in the numbers that the
 * room gives to such changes. Belongs to the executor of the room.
 */
final class Presence {

    private static final long NONE = Long.MAX_VALUE;

    private long changed; // number of its own last change; 0 before the first
    private long missed = NONE; // number of the first change that it was not told of
    private @Nullable MailboxItem news; // says where it was last

    /** The session is away or back: change {@code number} of its room. A number that comes to nothing does no harm. */
    void change(long number) {
        changed = number;
    }

    /** The session is not told of change {@code number}. */
    void miss(long number) {
        missed = Math.min(missed, number);
    }

    /** Whether {@code other} has changed since the session is told nothing. */
    boolean misses(Presence other) {
        return other.changed >= missed;
    }

    /** The session knows where all others are. */
    void catchUp() {
        missed = NONE;
    }

    /** {@code message}, which says where the session is: the item that mailboxes have already, where it is the same. */
    MailboxItem news(Message message, Room room, @Nullable Account payer) {
        if (news == null || news.payer != payer || !news.message.equals(message)) {
            news = new MailboxItem(message, room, payer);
        }
        return news;
    }
}
