package tokenly.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tokenly.session.Epoch;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;

/**
 * What the log says of every session, and by that, what of each segment is still needed: where each session is said to be
 * what it is, and each message that it has not processed. It holds no message. Belongs to the thread that has the turn to
 * write.
 */
final class Index {

    private final Map<SessionId, Slot> slots = new HashMap<>();
    private final Segments segments;
    private boolean isReplaying = true;
    private int copies; // that were met while replaying

    Index(Segments segments) {
        this.segments = segments;
    }

    /**
     * Follows {@code entry}.
     *
     * @param segment in which it stands
     * @param shift from the marks to offsets in the segment
     * @param marks where its parts begin, and the last one ends, from {@code first} on
     */
    void follow(Entry entry, int segment, int shift, Marks marks, int first) {
        int mark = first;
        for (Entry.Snapshot snapshot : entry.snapshots()) {
            Place place = place(segment, shift, marks, mark++);
            Slot slot = slots.computeIfAbsent(snapshot.identity().session(), Slot::new);
            if (!slot.isProvisional()) {
                copies++;
            }
            segments.retain(place);
            slot.renew(snapshot, place, segments::release);
        }
        for (Change change : entry.changes()) {
            follow(change, place(segment, shift, marks, mark++));
        }
    }

    private static Place place(int segment, int shift, Marks marks, int mark) {
        return new Place(segment, shift + marks.get(mark), marks.get(mark + 1) - marks.get(mark));
    }

    private void follow(Change change, Place place) {
        SessionId id = change.session();
        if (change instanceof Change.Created created) {
            segments.retain(place);
            slots.computeIfAbsent(id, Slot::new).create(created, place, segments::release);
            return;
        }
        if (change instanceof Change.Ended) {
            Slot ended = slots.remove(id);
            if (ended != null) {
                ended.end(segments::release);
            }
            return;
        }
        Slot slot = isReplaying ? slots.computeIfAbsent(id, Slot::new) : slots.get(id);
        if (slot == null) {
            return; // a late word about a session that has ended
        }
        if (change instanceof Change.Appended appended) {
            if (slot.has(appended.seq())) {
                copies++;
            }
            segments.retain(place);
        }
        slot.change(change, place, segments::release);
    }

    /** The log may have lost its end here: nothing of before can be trusted to be complete. */
    void suspectAll() {
        slots.values().forEach(Slot::suspect);
    }

    /** The end of an old log is reached: drops what has no identity. */
    void endReplay() {
        isReplaying = false;
        slots.values().removeIf(slot -> {
            if (slot.isProvisional()) {
                slot.end(segments::release);
            }
            return slot.isProvisional();
        });
    }

    /** Records, or parts of them, that are in the log twice: they were written once more, and the first is not deleted yet. */
    int copies() {
        return copies;
    }

    Optional<Slot> slot(SessionId id) {
        return Optional.ofNullable(slots.get(id));
    }

    /** {@code same} as the object that is kept anyway, if there is a session of that id. */
    SessionId shared(SessionId same) {
        Slot slot = slots.get(same);
        return slot == null ? same : slot.id();
    }

    /** The same for an epoch of session {@code of}. */
    Epoch shared(SessionId of, Epoch same) {
        Slot slot = slots.get(of);
        return slot == null ? same : slot.shared(same);
    }

    /** Of all sessions, those whose mailboxes take most first, the order being the same for the same log. */
    List<Slot> largestFirst() {
        List<Slot> order = new ArrayList<>(slots.values());
        order.sort(Comparator.comparingLong(Slot::weight).reversed().thenComparing(Slot::id));
        return order;
    }

    /** Of all sessions, in no particular order; a view. */
    Collection<Slot> slots() {
        return slots.values();
    }
}
