package tokenly.session;

import java.util.ArrayList;
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
 * the lane of {@code room}, which it leaves unchanged until {@link #show}.
 */
final class Draft {

    /** Where a connected reader is sent away to come back and catch up, while nothing is lost yet. */
    private static final double TIGHT = 0.75;

    private final Room room;
    private final MailboxBounds bounds;
    private final List<Store.Change> changes = new ArrayList<>();
    private final List<Runnable> effects = new ArrayList<>();
    private final Map<Session, Box> boxes = new HashMap<>();
    private final Map<Session, Long> cursors = new HashMap<>(2); // of those whose signals are taken
    private final Set<Session> readers = new LinkedHashSet<>(2); // whose mailboxes have something new
    private final Map<Session, Epoch> epochs = new HashMap<>(0); // of those that begin one
    private final Set<Session> ended = new HashSet<>(0);

    Draft(Room room, MailboxBounds bounds) {
        this.room = room;
        this.bounds = bounds;
    }

    /** What the mailbox of a session will be when this is written. */
    private static final class Box {

        private final List<Message> added = new ArrayList<>(1);
        private List<Message> before;
        private long last;
        private long bytes;
        private boolean overflowed;

        Box(Mailbox mailbox) {
            before = mailbox.messages();
            last = mailbox.last();
            bytes = mailbox.bytes();
            overflowed = mailbox.hasOverflowed();
        }

        boolean takes(Message message, MailboxBounds bounds) {
            return before.size() + added.size() < bounds.messages() && bytes + message.size() <= bounds.bytes();
        }

        /** So full that a connection which reads has no excuse. */
        boolean isTight(MailboxBounds bounds) {
            return before.size() + added.size() > bounds.messages() * TIGHT || bytes > bounds.bytes() * TIGHT;
        }

        /** Takes out what is done: {@code count} of those that were there. */
        void trim(int count) {
            bytes -= before.subList(0, count).stream().mapToLong(Message::size).sum();
            before = before.subList(count, before.size());
        }

        long add(Message message) {
            added.add(message);
            bytes += message.size();
            return ++last;
        }
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
        cursors.put(sender, seq);
    }

    /** The highest number of {@code session}'s own signals that is taken once this is written. */
    long cursor(Session session) {
        return cursors.getOrDefault(session, session.cursor());
    }

    /** Begins {@code epoch} of {@code session}: what is posted to it from here on stands in a new mailbox. */
    void restart(Session session, Epoch epoch, Claim claim) {
        add(new Store.Change.Restarted(session.id, epoch, claim), () -> session.restart(epoch, claim));
        boxes.put(session, new Box(new Mailbox()));
        epochs.put(session, epoch);
    }

    /** Ends {@code session}: it is told nothing more. */
    void end(Session session, EndReason reason, Runnable effect) {
        add(new Store.Change.Ended(session.id, reason), effect);
        ended.add(session);
    }

    /** Forgets what {@code session} has processed: its mailbox up to {@code received}. */
    void trim(Session session, long received) {
        long trimmed = session.mailbox().trimmed();
        if (received > trimmed) {
            box(session).trim((int) (received - trimmed));
            add(
                    new Store.Change.Trimmed(session.id, received),
                    () -> session.mailbox().trim(received));
        }
    }

    /** Notes what {@code session} has processed, which its mailbox has forgotten already. */
    void noteTrim(Session session) {
        add(new Store.Change.Trimmed(session.id, session.mailbox().trimmed()), () -> {});
    }

    /** Whether the mailbox of {@code session} has passed its bounds, if only by what is in this. */
    boolean hasOverflowed(Session session) {
        return box(session).overflowed;
    }

    private Box box(Session session) {
        return boxes.computeIfAbsent(session, first -> new Box(first.mailbox()));
    }

    /** Tells {@code session}, which knows nothing yet, who of the others is away. */
    void postAway(Session session) {
        room.others(session).stream()
                .filter(Session::isWaiting)
                .forEach(other -> post(session, new Message.PeerAway(other.id)));
    }

    /** Posts {@code message} to all others of the room. */
    void postToOthers(Session session, Message message) {
        room.others(session).forEach(other -> post(other, message));
    }

    /** Posts {@code message} into the mailbox of {@code to}; to a plain session it is only told, if it is there. */
    void post(Session to, Message message) {
        if (!to.isResumable()) {
            then(() -> to.tell(new Notice.Delivery(to.id, Notice.UNNUMBERED, message)));
            return;
        }
        Box box = box(to);
        if (box.overflowed) {
            nameLost(to, List.of(message));
        } else if (box.takes(message, bounds)) {
            boolean wasTight = box.isTight(bounds);
            long seq = box.add(message);
            add(new Store.Change.Appended(to.id, seq, message), () -> to.keep(message));
            readers.add(to);
            if (!wasTight && box.isTight(bounds)) {
                then(() -> closeAsTooSlow(to));
            }
        } else {
            overflow(to, box, message);
        }
    }

    private void overflow(Session to, Box box, Message last) {
        List<Message> lost = new ArrayList<>(box.before);
        lost.addAll(box.added);
        lost.add(last);
        box.overflowed = true;
        add(new Store.Change.Overflowed(to.id), () -> {
            to.mailbox().overflow();
            closeAsTooSlow(to);
        });
        nameLost(to, lost);
    }

    private static void closeAsTooSlow(Session session) {
        session.holder().ifPresent(holder -> holder.connection.close(Farewell.TOO_SLOW));
    }

    /** Tells whoever sent one of {@code lost} that {@code to} will never get it. */
    private void nameLost(Session to, List<Message> lost) {
        Map<Session, List<Long>> numbers = new LinkedHashMap<>();
        for (Message message : lost) {
            if (message instanceof Message.Signalled signalled) {
                sender(signalled)
                        .ifPresent(sender -> numbers.computeIfAbsent(sender, first -> new ArrayList<>())
                                .add(signalled.source().seq()));
            }
        }
        numbers.forEach((sender, seqs) ->
                post(sender, new Message.Undeliverable(to.id, List.copyOf(seqs), Message.Obstacle.OVERFLOW)));
    }

    /** Who sent it, if that still knows of it. */
    private Optional<Session> sender(Message.Signalled signalled) {
        return room.member(signalled.from())
                .filter(session -> !ended.contains(session))
                .filter(session -> epochs.getOrDefault(session, session.epoch())
                        .equals(signalled.source().epoch()));
    }

    /** What is to be written; nothing if there is nobody who must find it again. */
    List<Store.Change> changes() {
        return changes;
    }

    /** Makes it visible; whoever reads gets all that is new at once. */
    void show() {
        effects.forEach(Runnable::run);
        readers.forEach(Session::pump);
    }
}
