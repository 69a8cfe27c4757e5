package tokenly.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether one session is in the room, away or back, as the others of its room are told, and what it is told of them: the numbers, which
 * the room gives to all such changes, of its own last ones, and since which it misses those of the others. A session that waits, or
 * has too many of them in its mailbox, misses them; later it gets what is different then, at most a few messages for each peer. What is
 * missed is noted at once and not when a {@link Transaction} is shown, for it may be noted in vain. Belongs to the executor of the room.
 */
final class Presence {

    private static final long NONE = Long.MAX_VALUE;

    private final Session session;
    private long joined; // number of the change by which it came; 0 in a room that was restored
    private long changed; // number of the last time that it was away or back; 0 before the first
    private long restarted; // number of the last epoch that it began anew; 0 before the first
    private ResetReason restartReason = ResetReason.NEW_INSTANCE;
    private long missed = NONE; // number of the first change that it was not told of
    private boolean needsList;
    private @Nullable MailboxItem stateNews; // says where it was last
    private @Nullable MailboxItem moveNews; // says how it came, began anew or left, whichever was said last

    Presence(Session session) {
        this.session = session;
    }

    /** Number of the first change of others that the session was not told of; higher than all if there is none. */
    long missed() {
        return missed;
    }

    /** Whether it has still to be told of changes that it has missed. */
    boolean isBehind() {
        return missed != NONE;
    }

    /** Tells the others that the session is new in the room. */
    void postJoined(Transaction transaction) {
        joined = session.room.nextPresenceChange();
        post(joined, joinedNews(), transaction);
    }

    /** Tells the others that the session is away, or back. */
    void post(boolean isAway, Transaction transaction) {
        changed = session.room.nextPresenceChange();
        post(changed, stateNews(isAway), transaction);
    }

    /** Tells the others that the session has lost what it knew. */
    void postRestarted(ResetReason reason, Transaction transaction) {
        restarted = session.room.nextPresenceChange();
        restartReason = reason;
        post(restarted, restartedNews(), transaction);
    }

    /** Tells the others that the session has left. */
    void postLeft(EndReason reason, Transaction transaction) {
        long left = session.room.nextPresenceChange();
        MailboxItem item = moveNews(new Message.PeerLeft(session.id, reason));
        Departures departures = session.room.departures;
        boolean isKnown = post(left, item, transaction);
        if (isKnown && session.room.mayKeepNews(MailboxCost.ENTRY_BYTES + item.message.size())) {
            departures.add(session.asPeer(), joined, left, item);
        } else if (isKnown) {
            departures.forget(left);
        }
    }

    /** Returns whether one who misses it knows the session. */
    private boolean post(long change, MailboxItem item, Transaction transaction) {
        boolean isMissed = false;
        for (Session other : session.room.seers(session)) {
            boolean isTold = !other.isResumable()
                    || (!other.isOutOfReach() && !other.presence.isBehind() && transaction.hasRoomForNews(other, 1));
            if (isTold) {
                transaction.post(other, item);
            } else {
                isMissed |= joined < Math.min(other.presence.missed, change);
                other.presence.miss(change, transaction);
            }
        }
        return isMissed;
    }

    private void miss(long change, Transaction transaction) {
        missed = Math.min(missed, change);
        if (!session.isOutOfReach() && session.mailbox().news() == 0) { // no acknowledgement would have it told
            transaction.then(() -> session.room.executor.addLater(() -> Reading.catchUp(session)));
        }
    }

    /** Tells the session, which knows nothing yet, who of the others is away; where there is no room, only its list of all says so. */
    void postAway(Transaction transaction) {
        List<Session> away =
                session.room.seenBy(session).stream().filter(Session::isWaiting).toList();
        if (!session.isResumable() || transaction.hasRoomForNews(session, away.size())) {
            away.forEach(other -> transaction.post(session, other.presence.stateNews(true)));
        }
        transaction.then(this::catchUp);
    }

    /**
     * Tells the session what is different since it was told last; after a restart of the server also who else is away, whom it
     * remembers from before as present. Where there is no room for that, it {@link #needsList}.
     */
    void postMissed(Transaction transaction) {
        List<MailboxItem> items = missedNews();
        if (transaction.hasRoomForNews(session, items.size())) {
            items.forEach(item -> transaction.post(session, item));
        }
        transaction.then(this::catchUp);
    }

    private List<MailboxItem> missedNews() {
        List<MailboxItem> items = new ArrayList<>();
        session.room.departures.newsSince(missed).forEach(items::add);
        for (Session other : session.room.seenBy(session)) {
            addMissedNews(other.presence, items);
        }
        return items;
    }

    private void addMissedNews(Presence other, List<MailboxItem> items) {
        boolean isNew = other.joined >= missed;
        if (isNew) {
            items.add(other.joinedNews());
        } else if (other.restarted >= missed) {
            items.add(other.restartedNews());
        }
        boolean isAway = other.session.isWaiting();
        boolean isDoubtful = isAway && (isNew || session.isRestored());
        if (isDoubtful || (!isNew && other.changed >= missed)) {
            items.add(other.stateNews(isAway));
        }
    }

    /**
     * Whether messages cannot tell the session all that it has missed: it needs a list of the others as they are now, at each return
     * until it {@link #hasList}.
     */
    boolean needsList(Transaction transaction) {
        needsList |= session.isRestored() || !session.room.departures.isComplete(missed) || !mayBeTold(transaction);
        return needsList;
    }

    /** Whether so much is missed that messages cannot tell it, however much memory there is. */
    boolean isTooMuch() {
        return !session.room.departures.isComplete(missed) || missedNews().size() > PendingMailbox.MOST_NEWS;
    }

    /** Whether the mailbox can take what is missed. */
    boolean mayBeTold(Transaction transaction) {
        return transaction.hasRoomForNews(session, missedNews().size());
    }

    /** Its client has shown that it has the answer in which the list stands. */
    void hasList() {
        needsList = false;
    }

    /**
     * Answers {@code create-peer}: who was in the room before what the session has still to be told, which names who came and went.
     *
     * @param needsList whether that does not name all of them: then the answer says who is there once all of it is processed
     */
    void welcome(boolean needsList) {
        Mailbox mailbox = session.mailbox();
        List<RoomPeer> peers = needsList
                ? session.room.peers(session)
                : List.copyOf(knownPeers().values());
        Epoch epoch = session.isResumable() ? session.epoch() : null;
        session.tell(
                new ServerEvent.Created(session.id, session.room.id, peers, epoch, needsList ? mailbox.last() : 0));
    }

    private Map<SessionId, RoomPeer> knownPeers() {
        Map<SessionId, RoomPeer> known = new LinkedHashMap<>();
        for (Session other : session.room.seenBy(session)) {
            if (other.presence.joined < missed) {
                known.put(other.id, other.asPeer());
            }
        }
        session.room.departures.takeBack(missed, known);
        session.mailbox().takeBack(session.hold.sent(session.mailbox()), known);
        return known;
    }

    /** Nothing is missed any more: the session was told, or begins with a list of all. */
    void catchUp() {
        missed = NONE;
        if (!session.room.departures.isEmpty()) {
            session.room.departures.trim(session.room.members());
        }
    }

    private MailboxItem joinedNews() {
        return moveNews(new Message.PeerJoined(session.id, session.incarnation));
    }

    private MailboxItem restartedNews() {
        return moveNews(new Message.PeerRestarted(session.id, session.incarnation, restartReason));
    }

    private MailboxItem moveNews(Message message) {
        moveNews = news(message, moveNews);
        return moveNews;
    }

    private MailboxItem stateNews(boolean isAway) {
        stateNews = news(
                isAway
                        ? new Message.PeerAway(session.id, session.incarnation)
                        : new Message.PeerBack(session.id, session.incarnation),
                stateNews);
        return stateNews;
    }

    /** The item of {@code message}: {@code last}, which mailboxes have already, where that is the same. */
    private MailboxItem news(Message message, @Nullable MailboxItem last) {
        Account payer = session.account().orElse(null);
        return last != null && last.payer == payer && last.message.equals(message)
                ? last
                : new MailboxItem(message, session.room, payer);
    }
}
