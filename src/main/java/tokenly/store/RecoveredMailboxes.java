package tokenly.store;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tokenly.session.EndReason;
import tokenly.session.MailboxCost;
import tokenly.session.Message;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;
import tokenly.session.Store.Loss;

/**
 * The messages of all mailboxes, taken from an old log when it is read for the second time: only those that the index, which
 * has followed all of it, still has. When they take too much memory, whole mailboxes are shed, the largest first, until the
 * others leave a quarter free; the order is that of the whole log, so it is the same however often it is read.
 */
final class RecoveredMailboxes {

    private static final System.Logger LOG = System.getLogger(RecoveredMailboxes.class.getName());

    /** Stands where a message is still to come. */
    private static final Message MISSING = new Message.PeerLeft(new SessionId("missing"), EndReason.LEFT);

    /** So much of the bound may be passed before anything is shed: that takes a look at every message. */
    private static final int SLACK = 8;

    private final Disk disk;
    private final Index index;
    private final long bound;
    private final Map<SessionEntry, List<Message>> mailboxes = new HashMap<>();
    private final Set<SessionEntry> shed = new HashSet<>();
    private final Losses losses;
    private Iterator<SessionEntry> largest = Collections.emptyIterator();
    private boolean isOrdered;
    private long bytes; // of all that is kept

    /**
     * Of the sessions of {@code index}, which has followed all of the log.
     *
     * @param disk that holds the log
     * @param bound bytes that they may take together, see {@link MailboxCost}
     */
    RecoveredMailboxes(Disk disk, Index index, long bound) {
        this.disk = disk;
        this.index = index;
        this.bound = bound;
        this.losses = new Losses(bound / 4); // what is left free once something is shed
        index.sessionEntries().stream().filter(SessionEntry::hasAbandoned).forEach(shed::add);
    }

    /**
     * Takes what counts of {@code entry}, the next one.
     *
     * @param offsets where its parts stand
     */
    void follow(Entry entry, Entry.Offsets offsets) {
        int part = 0;
        for (Entry.Snapshot snapshot : entry.snapshots()) {
            part++;
            if (snapshot.identity().hasOverflowed()) {
                losses.forget(snapshot.identity().session());
            }
        }
        Set<Message> counted = Collections.newSetFromMap(new IdentityHashMap<>(0));
        for (Change change : entry.changes()) {
            RecordLocation location = offsets.location(part++);
            if (change instanceof Change.Appended appended) {
                index.sessionEntry(change.session())
                        .ifPresent(sessionEntry -> follow(sessionEntry, appended, location, counted));
            } else if (!(change instanceof Change.Taken || change instanceof Change.Trimmed)
                    && !(change instanceof Change.Resumed)) {
                losses.forget(change.session());
            }
        }
        if (bytes > bound && bytes - bound > bound / SLACK) {
            enforce();
        }
    }

    /** @param counted messages of the same entry whose bytes are counted already */
    private void follow(
            SessionEntry sessionEntry, Change.Appended appended, RecordLocation location, Set<Message> counted) {
        boolean isLeft = sessionEntry.hasAbandoned()
                ? appended.seq() > sessionEntry.ackedSeq()
                : sessionEntry.holds(appended.seq(), location);
        if (!isLeft) {
            return;
        }
        if (shed.contains(sessionEntry)) {
            losses.add(sessionEntry.id(), appended.message());
            return;
        }
        List<Message> mailbox = mailboxes.computeIfAbsent(sessionEntry, RecoveredMailboxes::unfilled);
        long index = appended.seq() - sessionEntry.ackedSeq() - 1;
        if (index < mailbox.size()) { // else it stands behind a gap
            mailbox.set((int) index, appended.message());
            bytes += MailboxCost.ENTRY_BYTES
                    + (counted.add(appended.message()) ? appended.message().size() : 0);
        }
    }

    private static List<Message> unfilled(SessionEntry sessionEntry) {
        return new ArrayList<>(Collections.nCopies(sessionEntry.run(), MISSING));
    }

    /** The end of the log is reached: sheds as many mailboxes as it takes, and tells the operator if any are shed. */
    void finish() {
        enforce();
        if (!shed.isEmpty()) {
            warnOfShed();
        }
    }

    /** Sheds as many mailboxes as it takes. */
    private void enforce() {
        long roomy = Index.roomy(bound);
        if (bytes <= (shed.isEmpty() ? bound : roomy)) {
            return;
        }
        if (!isOrdered) {
            largest = index.largestFirst().iterator();
            isOrdered = true;
        }
        IdentityHashMap<Message, Integer> holders = new IdentityHashMap<>();
        for (List<Message> mailbox : mailboxes.values()) {
            mailbox.stream()
                    .filter(message -> message != MISSING)
                    .forEach(message -> holders.merge(message, 1, Integer::sum));
        }
        while (bytes > roomy) {
            shed(largest.next(), holders);
        }
    }

    /** @param holders how many mailboxes have each message */
    private void shed(SessionEntry sessionEntry, IdentityHashMap<Message, Integer> holders) {
        shed.add(sessionEntry);
        List<Message> mailbox = mailboxes.remove(sessionEntry);
        if (mailbox == null) {
            return; // none of its messages has come yet
        }
        for (Message message : mailbox) {
            if (message != MISSING) {
                losses.add(sessionEntry.id(), message);
                bytes -= MailboxCost.ENTRY_BYTES;
                bytes -= holders.merge(message, -1, Integer::sum) == 0 ? message.size() : 0;
            }
        }
    }

    /**
     * The messages of {@code sessionEntry} from the first that it has not processed on, as far as they follow each other without a gap;
     * none if it is shed. The list is the caller's.
     */
    List<Message> messages(SessionEntry sessionEntry) throws StoreException {
        List<Message> mailbox = mailboxes.getOrDefault(sessionEntry, new ArrayList<>(0));
        for (int i = 0; i < mailbox.size(); i++) {
            if (mailbox.get(i) == MISSING) {
                throw StoreException.messageMissing(disk, sessionEntry.id(), sessionEntry.ackedSeq() + i + 1);
            }
        }
        return mailbox;
    }

    /** What is lost of each session whose mailbox is shed; empty if it is too much to name. */
    Map<SessionId, List<Loss>> shed() {
        if (losses.isTooMuch()) {
            return Map.of();
        }
        Map<SessionId, List<Loss>> lost = new HashMap<>();
        shed.forEach(sessionEntry -> lost.put(sessionEntry.id(), losses.of(sessionEntry.id())));
        return lost;
    }

    /** Whether what is shed has so many senders that to name it to them would take a quarter of the bound, or more. */
    boolean isTooMuchToName() {
        return losses.isTooMuch();
    }

    private void warnOfShed() {
        long messages = shed.stream()
                .mapToLong(sessionEntry -> sessionEntry.held() + sessionEntry.abandoned())
                .sum();
        String outcome = isTooMuchToName()
                ? "they have so many senders that to name the signals to them would take more than a quarter of the memory for"
                        + " mailboxes, so every session begins a new epoch (store-went-back), and clients are told what the"
                        + " server has of their signals"
                : "their owners and the senders are told";
        LOG.log(
                Level.WARNING,
                "the mailboxes do not fit into memory: {0} of them, the largest, with {1} messages, are shed; {2}. Raise"
                        + " tokenly.mailboxes.bytes or the heap to keep more",
                Integer.toString(shed.size()),
                Long.toString(messages),
                outcome);
    }
}
