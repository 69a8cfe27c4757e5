package tokenly.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One atomic record while it is put together: what the store writes, and what becomes visible once it has. For one step on
 * the executor of {@code room}, which it leaves unchanged until {@link #show}.
 */
final class Transaction {

    private final Room room;
    private final PendingMailboxes mailboxes;
    private final List<Store.Change> changes = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();
    private final Map<Session, Long> acceptedSeqs = new HashMap<>(2); // of those whose signals are taken
    private final Set<Session> readers = new LinkedHashSet<>(2); // whose mailboxes have something new
    private final Senders senders;

    Transaction(Room room, MailboxBounds bounds) {
        this.room = room;
        this.mailboxes = new PendingMailboxes(room, bounds);
        this.senders = new Senders(room);
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
        add(new Store.Change.Taken(sender.id, seq), () -> sender.signals.take(seq));
        acceptedSeqs.put(sender, seq);
    }

    /** The highest number of {@code session}'s own signals that is taken once this is written. */
    long acceptedSeq(Session session) {
        return acceptedSeqs.getOrDefault(session, session.acceptedSeq());
    }

    /** Begins {@code epoch} of {@code session}: what is posted to it from here on stands in a new mailbox. */
    void restart(Session session, Epoch epoch, Credentials credentials) {
        add(new Store.Change.Restarted(session.id, epoch, credentials), () -> session.restart(epoch, credentials));
        mailboxes.restart(session);
        senders.restart(session, epoch);
    }

    /** Ends {@code session}: it is told nothing more. */
    void end(Session session, EndReason reason, Runnable effect) {
        add(new Store.Change.Ended(session.id, reason), effect);
        senders.end(session);
    }

    /** Forgets what {@code session} has processed: its mailbox up to {@code received}. */
    void trim(Session session, long received) {
        long ackedSeq = session.mailbox().ackedSeq();
        if (received > ackedSeq) {
            mailboxes.of(session).trim((int) (received - ackedSeq));
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
        return mailboxes.of(session).hasOverflowed();
    }

    /** What {@code session} has not acknowledged. */
    List<MailboxItem> unacknowledged(Session session) {
        return mailboxes.of(session).items();
    }

    /**
     * Names to those of their senders who number them the signals among {@code items}, which {@code session} will not acknowledge any
     * more, whether it has processed them or not.
     */
    void nameUnacknowledged(Session session, List<MailboxItem> items, Message.UndeliverableReason reason) {
        List<MailboxItem> numbered = items.stream()
                .filter(item -> item.message instanceof Message.Signalled signalled
                        && room.member(signalled.from())
                                .filter(Session::isResumable)
                                .isPresent())
                .toList();
        nameLost(session, numbered, reason);
    }

    /** Whether so many messages about presence should be posted to {@code session} now, and need not wait. */
    boolean hasRoomForNews(Session session, int count) {
        return mailboxes.hasRoomForNews(session, count);
    }

    /**
     * Takes signal {@code seq} of {@code sender} for all others of the room, and names to the sender those that it sees in whose
     * mailboxes its account has no share left; false, and nothing is done, if it would take more in mailboxes than the sender may use.
     */
    boolean takeForOthers(Session sender, long seq, Message.Signalled message) {
        List<Session> others = room.others(sender);
        List<Session> full = others.stream()
                .filter(other -> other.isResumable() && !mailboxes.hasShare(sender, other, message))
                .toList();
        if (!mailboxes.mayPost(sender, others, full, message)) {
            return false;
        }
        take(sender, seq);
        MailboxItem item = item(sender, message);
        others.stream().filter(other -> !full.contains(other)).forEach(other -> post(other, item));
        full.stream()
                .filter(other -> sender.role.sees(other.role))
                .forEach(other -> undeliverable(sender, other.id, List.of(seq), Message.UndeliverableReason.QUOTA));
        return true;
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
        return mailboxes.mayPost(sender, addressee, message);
    }

    /** Tells {@code sender} that its signals {@code seqs} will not reach {@code to}; null for all others. */
    void undeliverable(Session sender, @Nullable SessionId to, List<Long> seqs, Message.UndeliverableReason reason) {
        post(sender, sender, new Message.Undeliverable(to, seqs, reason));
    }

    /** Posts {@code item} into the mailbox of {@code to}; to a plain session it is only told, if it is there. */
    void post(Session to, MailboxItem item) {
        Message message = item.message;
        if (!to.isResumable()) {
            then(() -> to.tell(new ServerEvent.Delivery(to.id, ServerEvent.UNNUMBERED, message)));
            return;
        }
        PendingMailbox box = mailboxes.of(to);
        if (box.hasOverflowed()) {
            nameLost(to, List.of(item), Message.UndeliverableReason.OVERFLOW);
        } else if (mailboxes.mayKeep(item, box) && box.takes(message)) {
            boolean wasTight = box.isTight();
            keep(to, item);
            if (!wasTight && box.isTight()) {
                then(() -> closeAsTooSlow(to));
            }
        } else {
            List<MailboxItem> lost = overflow(to);
            lost.add(item);
            nameLost(to, lost, Message.UndeliverableReason.OVERFLOW);
        }
    }

    private void keep(Session to, MailboxItem item) {
        long seq = mailboxes.add(to, item);
        add(
                new Store.Change.Appended(to.id, seq, item.message),
                () -> to.mailbox().append(item));
        readers.add(to);
    }

    private List<MailboxItem> overflow(Session session) {
        add(new Store.Change.Overflowed(session.id), () -> {
            session.mailbox().overflow();
            closeAsTooSlow(session);
        });
        return mailboxes.overflow(session);
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
            PendingMailbox box = mailboxes.of(member);
            if (!box.hasOverflowed() && (shed.containsKey(member.id) || box.isBeyondBounds())) {
                lost.put(member, overflow(member));
            }
        }
        for (Map.Entry<Session, List<MailboxItem>> member : lost.entrySet()) {
            nameLost(member.getKey(), member.getValue(), Message.UndeliverableReason.OVERFLOW);
            for (Store.Loss loss : shed.getOrDefault(member.getKey().id, List.of())) {
                senders.find(loss.from(), loss.epoch())
                        .ifPresent(sender -> undeliverable(
                                sender, member.getKey().id, loss.seqs(), Message.UndeliverableReason.OVERFLOW));
            }
        }
    }

    private static void closeAsTooSlow(Session session) {
        session.hold.holder().ifPresent(holder -> holder.connection.close(CloseReason.TOO_SLOW));
    }

    /** Tells the senders of {@code lost} that {@code to} will never get it; of a signal to all only those that know of {@code to}. */
    private void nameLost(Session to, List<MailboxItem> lost, Message.UndeliverableReason reason) {
        senders.numbersOf(lost, to).forEach((sender, seqs) -> undeliverable(sender, to.id, seqs, reason));
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
