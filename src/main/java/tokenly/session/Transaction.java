package tokenly.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One atomic record while it is put together: what the store writes, and what becomes visible once it has. For one step on
 * the executor of {@code room}, which it leaves unchanged until {@link #show}; only which presence its members miss is noted
 * at once, for that may be noted in vain.
 */
final class Transaction {

    /** A mailbox of fewer messages takes news of its room whatever else is in memory: at most 2 KiB for each session. */
    private static final int FEW = 64;

    /** What it takes in the sender's mailbox that one signal does not reach one peer. */
    private static final long UNDELIVERABLE_BYTES =
            MailboxCost.ENTRY_BYTES + Message.OVERHEAD_BYTES + (long) Long.BYTES;

    private final Room room;
    private final MailboxBounds bounds;
    private final List<Store.Change> changes = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();
    private final Map<Session, PendingMailbox> boxes = new HashMap<>();
    private final Map<Session, Long> acceptedSeqs = new HashMap<>(2); // of those whose signals are taken
    private final Set<Session> readers = new LinkedHashSet<>(2); // whose mailboxes have something new
    private final Map<Session, Epoch> epochs = new HashMap<>(0); // of those that begin one
    private final Set<Session> ended = new HashSet<>(0);
    private long cost; // of what it adds to mailboxes

    Transaction(Room room, MailboxBounds bounds) {
        this.room = room;
        this.bounds = bounds;
    }

    /** Adds {@code change}, and what it does to the model. */
    void add(Store.Change change, Runnable effect) {
        changes.add(change);
        effects.add(effect);
    }

    /** Adds what is seen once this is written, and not written itself. */
    void then(Runnable effect) {
        effects.add(effect);
    }

    /** Takes signal {@code seq} of {@code sender}, its next one. */
    void take(Session sender, long seq) {
        add(new Store.Change.Taken(sender.id, seq), () -> sender.take(seq));
        acceptedSeqs.put(sender, seq);
    }

    /** The highest number of {@code session}'s own signals that is taken once this is written. */
    long acceptedSeq(Session session) {
        return acceptedSeqs.getOrDefault(session, session.acceptedSeq());
    }

    /** Begins {@code epoch} of {@code session}: what is posted to it from here on stands in a new mailbox. */
    void restart(Session session, Epoch epoch, Credentials credentials) {
        add(new Store.Change.Restarted(session.id, epoch, credentials), () -> session.restart(epoch, credentials));
        boxes.put(session, new PendingMailbox(new Mailbox()));
        epochs.put(session, epoch);
    }

    /** Ends {@code session}: it is told nothing more. */
    void end(Session session, EndReason reason, Runnable effect) {
        add(new Store.Change.Ended(session.id, reason), effect);
        ended.add(session);
    }

    /** Forgets what {@code session} has processed: its mailbox up to {@code received}. */
    void trim(Session session, long received) {
        long trimmed = session.mailbox().ackedSeq();
        if (received > trimmed) {
            box(session).trim((int) (received - trimmed));
            add(
                    new Store.Change.Trimmed(session.id, received),
                    () -> session.mailbox().trim(received));
        }
    }

    /** Notes what {@code session} has processed, which its mailbox has forgotten already. */
    void noteTrim(Session session) {
        add(new Store.Change.Trimmed(session.id, session.mailbox().ackedSeq()), () -> {});
    }

    /** Whether the mailbox of {@code session} has passed its bounds, if only by what is in this. */
    boolean hasOverflowed(Session session) {
        return box(session).hasOverflowed();
    }

    private PendingMailbox box(Session session) {
        return boxes.computeIfAbsent(session, first -> new PendingMailbox(first.mailbox()));
    }

    /** Tells {@code session}, which knows nothing yet, who of the others is away. */
    void postAway(Session session) {
        room.others(session).stream().filter(Session::isWaiting).forEach(other -> postWhere(session, other));
        then(session.presence::catchUp);
    }

    /**
     * Tells {@code session}, which comes back, where those others are that were away or back while it was not told; after a
     * restart of the server also who else is away, whom it remembers from before as present.
     */
    void postMissed(Session session) {
        room.others(session).stream()
                .filter(other -> (session.isRestored() && other.isWaiting()) || session.presence.misses(other.presence))
                .forEach(other -> postWhere(session, other));
        then(session.presence::catchUp);
    }

    private void postWhere(Session session, Session other) {
        post(session, news(other, other.isWaiting()));
    }

    private MailboxItem news(Session session, boolean isAway) {
        Message message = isAway ? new Message.PeerAway(session.id) : new Message.PeerBack(session.id);
        return session.presence.news(message, room, session.account().orElse(null));
    }

    /** Posts to all others that {@code session} is away, or back. Those that are out of reach {@link #postMissed miss} it. */
    void postPresence(Session session, boolean isAway) {
        long number = room.nextPresenceChange();
        session.presence.change(number);
        MailboxItem item = news(session, isAway);
        for (Session other : room.others(session)) {
            if (other.isResumable() && other.isOutOfReach()) {
                other.presence.miss(number);
            } else {
                post(other, item);
            }
        }
    }

    /** Posts {@code message}, which is about {@code session} or comes from it, to all others of the room. */
    void postToOthers(Session session, Message message) {
        postToOthers(session, message, List.of());
    }

    /** As {@link #postToOthers(Session, Message)}, but not to {@code left}. */
    void postToOthers(Session session, Message message, List<Session> left) {
        MailboxItem item = item(session, message);
        room.others(session).stream().filter(other -> !left.contains(other)).forEach(other -> post(other, item));
    }

    /** Posts {@code message} of {@code from} into the mailbox of {@code to}; to a plain session it is only told, if it is there. */
    void post(Session from, Session to, Message message) {
        post(to, item(from, message));
    }

    private MailboxItem item(Session cause, Message message) {
        return new MailboxItem(message, room, cause.account().orElse(null));
    }

    /** Whether {@code message} of {@code sender} may be kept in the mailbox of {@code addressee}, if that has one. */
    boolean mayPost(Session sender, Session addressee, Message message) {
        return !addressee.isResumable()
                || (hasShare(sender, addressee, message) && mayKeep(sender, message.size() + MailboxCost.ENTRY_BYTES));
    }

    /**
     * Whether {@code message} of {@code sender} may be kept in the mailboxes of all others, and what names those that it
     * cannot reach in that of the sender.
     */
    boolean mayPostToOthers(Session sender, Message message) {
        long entries = 0;
        long unreached = 0;
        for (Session other : room.others(sender)) {
            if (other.isResumable()) {
                entries++;
                unreached += hasOverflowed(other) || !hasShare(sender, other, message) ? 1 : 0;
            }
        }
        boolean isTooMuchToTell =
                sender.isResumable() && unreached > 0 && box(sender).size() + unreached > bounds.messages() / 2;
        long more = message.size() + entries * MailboxCost.ENTRY_BYTES + unreached * UNDELIVERABLE_BYTES;
        return entries == 0 || (!isTooMuchToTell && mayKeep(sender, more));
    }

    /** Whether the account of {@code sender} has not filled its half of the mailbox of {@code to}. */
    boolean hasShare(Session sender, Session to, Message message) {
        return sender.account()
                .filter(account -> !box(to).hasShareFor(account, message, bounds))
                .isEmpty();
    }

    private boolean mayKeep(Session sender, long more) {
        return room.mayKeep(sender.account().orElse(null), cost + more);
    }

    private void post(Session to, MailboxItem item) {
        Message message = item.message;
        if (!to.isResumable()) {
            then(() -> to.tell(new ServerEvent.Delivery(to.id, ServerEvent.UNNUMBERED, message)));
            return;
        }
        PendingMailbox box = box(to);
        boolean isKept = mayKeep(item, box);
        if (!isKept && !(message instanceof Message.Undeliverable)) {
            makeRoom();
            isKept = true;
        }
        if (box.hasOverflowed()) {
            nameLost(to, List.of(item));
        } else if (isKept && box.takes(message, bounds)) {
            boolean wasTight = box.isTight(bounds);
            keep(to, item, box.add(item));
            if (!wasTight && box.isTight(bounds)) {
                then(() -> closeAsTooSlow(to));
            }
        } else {
            overflow(to, box, item);
        }
    }

    /**
     * Whether there is memory for {@code item}. Signals were asked about before. What names a loss to its sender counts as the
     * sender's signals do, and else empties the mailbox of that sender. What has happened in the room cannot be refused.
     */
    private boolean mayKeep(MailboxItem item, PendingMailbox box) {
        if (item.message instanceof Message.Signalled || box.hasOverflowed() || box.size() < FEW) {
            return true;
        }
        long more = cost + MailboxCost.ENTRY_BYTES + item.message.size();
        return item.message instanceof Message.Undeliverable ? room.mayKeep(item.payer, more) : room.mayKeepNews(more);
    }

    /** Makes the largest mailbox of the room overflow, unless that is small. */
    private void makeRoom() {
        room.members().stream()
                .filter(member -> member.isResumable() && !hasOverflowed(member))
                .max(Comparator.comparingInt(member -> box(member).size()))
                .filter(largest -> box(largest).size() >= FEW)
                .ifPresent(largest -> nameLost(largest, overflow(largest, box(largest))));
    }

    private void keep(Session to, MailboxItem item, long seq) {
        cost += MailboxCost.ENTRY_BYTES + (item.isPosted() ? 0 : item.message.size());
        item.post();
        add(new Store.Change.Appended(to.id, seq, item.message), () -> to.keep(item));
        readers.add(to);
    }

    private void overflow(Session to, PendingMailbox box, MailboxItem last) {
        List<MailboxItem> lost = overflow(to, box);
        lost.add(last);
        nameLost(to, lost);
    }

    private List<MailboxItem> overflow(Session session, PendingMailbox box) {
        add(new Store.Change.Overflowed(session.id), () -> {
            session.mailbox().overflow();
            closeAsTooSlow(session);
        });
        cost = Math.max(0, cost - (long) box.size() * MailboxCost.ENTRY_BYTES);
        return box.overflow();
    }

    /**
     * Makes those mailboxes of the room overflow that pass their bounds, which may be smaller than they were, and those that
     * could not be read back; then names what was in them.
     *
     * @param shed of the sessions whose mailboxes could not be read back, what was in them
     */
    void fit(Map<SessionId, List<Store.Loss>> shed) {
        Map<Session, List<MailboxItem>> lost = new LinkedHashMap<>();
        for (Session member : room.members()) {
            PendingMailbox box = box(member);
            if (!box.hasOverflowed() && (shed.containsKey(member.id) || box.isBeyond(bounds))) {
                lost.put(member, overflow(member, box));
            }
        }
        for (Map.Entry<Session, List<MailboxItem>> member : lost.entrySet()) {
            nameLost(member.getKey(), member.getValue());
            for (Store.Loss loss : shed.getOrDefault(member.getKey().id, List.of())) {
                sender(loss.from(), loss.epoch())
                        .ifPresent(sender -> undeliverable(sender, member.getKey(), loss.seqs()));
            }
        }
    }

    private static void closeAsTooSlow(Session session) {
        session.holder().ifPresent(holder -> holder.connection.close(CloseReason.TOO_SLOW));
    }

    /** Tells the senders of {@code lost} that {@code to} will never get it. */
    private void nameLost(Session to, List<MailboxItem> lost) {
        Map<Session, List<Long>> numbers = new LinkedHashMap<>();
        for (MailboxItem item : lost) {
            if (item.message instanceof Message.Signalled signalled) {
                sender(signalled.from(), signalled.source().epoch())
                        .ifPresent(sender -> numbers.computeIfAbsent(sender, first -> new ArrayList<>())
                                .add(signalled.source().seq()));
            }
        }
        numbers.forEach((sender, seqs) -> undeliverable(sender, to, compact(seqs)));
    }

    private static List<Long> compact(List<Long> seqs) {
        return Seqs.of(seqs.stream().mapToLong(Long::longValue).toArray());
    }

    private void undeliverable(Session sender, Session to, List<Long> seqs) {
        post(sender, sender, new Message.Undeliverable(to.id, seqs, Message.UndeliverableReason.OVERFLOW));
    }

    /** The session that sent something in {@code epoch}, if that is still its epoch. */
    private Optional<Session> sender(SessionId id, Epoch epoch) {
        return room.member(id)
                .filter(session -> !ended.contains(session))
                .filter(session -> epochs.getOrDefault(session, session.epoch()).equals(epoch));
    }

    /** What is to be written; empty if no session must be found again after a restart. */
    List<Store.Change> changes() {
        return changes;
    }

    /** Makes it visible; each reader gets all that is new at once. */
    void show() {
        effects.forEach(Runnable::run);
        readers.forEach(Session::pump);
    }
}
