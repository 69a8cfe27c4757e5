package tokenly.session;

import org.jspecify.annotations.Nullable;

/**
 * Whether one session is away, as the others of its room are told, and what it is told of them: when it was last away or back,
 * and since when it misses such changes of the others, in the numbers that the room gives to them. What is missed is noted at
 * once and not when a {@link Transaction} is shown, for it may be noted in vain. Belongs to the executor of the room.
 */
final class Presence {

    private static final long NONE = Long.MAX_VALUE;

    private final Session session;
    private long changed; // number of its own last change; 0 before the first
    private long missed = NONE; // number of the first change that it was not told of
    private @Nullable MailboxItem news; // says where it was last

    Presence(Session session) {
        this.session = session;
    }

    /** Posts to all others that the session is away, or back. Those that are out of reach {@link #postMissed miss} it. */
    void post(boolean isAway, Transaction transaction) {
        changed = session.room.nextPresenceChange();
        MailboxItem item = news(isAway);
        for (Session other : session.room.others(session)) {
            if (other.isResumable() && other.isOutOfReach()) {
                other.presence.missed = Math.min(other.presence.missed, changed);
            } else {
                transaction.post(other, item);
            }
        }
    }

    /** Tells the session, which knows nothing yet, who of the others is away. */
    void postAway(Transaction transaction) {
        session.room.others(session).stream()
                .filter(Session::isWaiting)
                .forEach(other -> postState(other, transaction));
        transaction.then(this::catchUp);
    }

    /**
     * Tells the session, which comes back, where those others are that were away or back while it was not told; after a restart
     * of the server also who else is away, whom it remembers from before as present.
     */
    void postMissed(Transaction transaction) {
        session.room.others(session).stream()
                .filter(other -> (session.isRestored() && other.isWaiting()) || other.presence.changed >= missed)
                .forEach(other -> postState(other, transaction));
        transaction.then(this::catchUp);
    }

    private void postState(Session other, Transaction transaction) {
        transaction.post(session, other.presence.news(other.isWaiting()));
    }

    private void catchUp() {
        missed = NONE;
    }

    /** The message that the session is away, or back: the item that mailboxes have already, where it is the same. */
    private MailboxItem news(boolean isAway) {
        Message message = isAway ? new Message.PeerAway(session.id) : new Message.PeerBack(session.id);
        Account payer = session.account().orElse(null);
        if (news == null || news.payer != payer || !news.message.equals(message)) {
            news = new MailboxItem(message, session.room, payer);
        }
        return news;
    }
}
