package tokenly.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tokenly.session.Epoch;
import tokenly.session.MailboxCost;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;

/**
 * What the log says of every session, and by that, what of each segment is still needed: where each session is said to be
 * what it is, and each message that it has not processed. It holds no message. Belongs to the thread that has the write
 * permit.
 */
final class Index {

    /** So much of the bound may be passed before messages are counted: counting takes a look at every session. */
    private static final int SLACK = 8;

    private final Map<SessionId, SessionEntry> sessionEntries = new HashMap<>();
    private final Segments segments;
    private final long bound; // of messages, while replaying
    private long atMost; // messages: as many as were counted last, and have come since
    private boolean isReplaying = true;
    private int copies; // that were met while replaying

    /**
     * Of a log that is about to be replayed. Meanwhile it remembers where messages stand only of as many as the mailboxes may
     * have; past that the largest mailboxes are abandoned, until the others leave a quarter free.
     *
     * @param mailboxBytes the most that all mailboxes may take together, see {@link MailboxCost}
     */
    Index(Segments segments, long mailboxBytes) {
        this.segments = segments;
        this.bound = mailboxBytes / MailboxCost.ENTRY_BYTES;
    }

    /**
     * Follows {@code entry}.
     *
     * @param offsets where its parts stand, from {@code first} on
     */
    void follow(Entry entry, Entry.Offsets offsets, int first) {
        int part = first;
        for (Entry.Snapshot snapshot : entry.snapshots()) {
            RecordLocation location = offsets.location(part++);
            SessionEntry sessionEntry =
                    sessionEntries.computeIfAbsent(snapshot.identity().session(), SessionEntry::new);
            if (!sessionEntry.isProvisional()) {
                copies++;
            }
            segments.retain(location);
            sessionEntry.renew(snapshot, location, segments::release);
        }
        for (Change change : entry.changes()) {
            follow(change, offsets.location(part++));
            atMost += change instanceof Change.Appended ? 1 : 0;
        }
        if (isReplaying && atMost > bound + bound / SLACK) {
            abandonLargest();
        }
    }

    private void follow(Change change, RecordLocation location) {
        SessionId id = change.session();
        if (change instanceof Change.Created created) {
            segments.retain(location);
            sessionEntries.computeIfAbsent(id, SessionEntry::new).create(created, location, segments::release);
            return;
        }
        if (change instanceof Change.Ended) {
            SessionEntry ended = sessionEntries.remove(id);
            if (ended != null) {
                ended.end(segments::release);
            }
            return;
        }
        SessionEntry sessionEntry =
                isReplaying ? sessionEntries.computeIfAbsent(id, SessionEntry::new) : sessionEntries.get(id);
        if (sessionEntry == null) {
            return; // a late word about a session that has ended
        }
        if (change instanceof Change.Appended appended) {
            if (sessionEntry.has(appended.seq())) {
                copies++;
            }
            segments.retain(location);
        }
        sessionEntry.change(change, location, segments::release);
    }

    /** The log may have lost its end here: nothing of before can be trusted to be complete. */
    void suspectAll() {
        sessionEntries.values().forEach(SessionEntry::suspect);
    }

    /** The end of an old log is reached: drops what has no identity, and keeps to the bound. */
    void endReplay() {
        isReplaying = false;
        sessionEntries.values().removeIf(sessionEntry -> {
            if (sessionEntry.isProvisional()) {
                sessionEntry.end(segments::release);
            }
            return sessionEntry.isProvisional();
        });
        abandonLargest();
    }

    /** Abandons the largest mailboxes, as many as it takes. */
    private void abandonLargest() {
        atMost = sessionEntries.values().stream().mapToLong(SessionEntry::held).sum();
        if (atMost <= bound) {
            return;
        }
        for (SessionEntry sessionEntry : largestFirst()) {
            if (atMost <= roomy(bound)) {
                return;
            }
            atMost -= sessionEntry.held();
            sessionEntry.abandonMessages();
        }
    }

    /**
     * What is kept of {@code bound} once something must go: else a server would stand at its bound when it starts, and would
     * refuse the next signal.
     */
    static long roomy(long bound) {
        return bound - bound / 4;
    }

    /** Records, or parts of them, that are in the log twice: they were written once more, and the first is not deleted yet. */
    int copies() {
        return copies;
    }

    Optional<SessionEntry> sessionEntry(SessionId id) {
        return Optional.ofNullable(sessionEntries.get(id));
    }

    /** {@code same} as the object that is kept anyway, if there is a session of that id. */
    SessionId shared(SessionId same) {
        SessionEntry sessionEntry = sessionEntries.get(same);
        return sessionEntry == null ? same : sessionEntry.id();
    }

    /** The same for an epoch of session {@code of}. */
    Epoch shared(SessionId of, Epoch same) {
        SessionEntry sessionEntry = sessionEntries.get(of);
        return sessionEntry == null ? same : sessionEntry.shared(same);
    }

    /** Of all sessions, those whose mailboxes take most first, the order being the same for the same log. */
    List<SessionEntry> largestFirst() {
        List<SessionEntry> order = new ArrayList<>(sessionEntries.values());
        order.sort(Comparator.comparingLong(SessionEntry::weight).reversed().thenComparing(SessionEntry::id));
        return order;
    }

    /** Of all sessions, in no particular order; a view. */
    Collection<SessionEntry> sessionEntries() {
        return sessionEntries.values();
    }
}
