package tokenly.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store.Change;

/**
 * Keeps the log small: while most of it is needed no more, whatever is still needed of its oldest segment is written once
 * more at its end, piece by piece, until nothing holds that segment any longer and it is deleted. Belongs to the thread that
 * has the write permit.
 *
 * <p><b>Why the log can still be read.</b> What is left is always the end of all that was ever written; of a session, the
 * beginning may be gone. When that end is read from its first record on, then for each session that exists at last:
 *
 * <ul>
 *   <li>Its last {@code Created} or snapshot is there, because a segment that holds it is not deleted before a later
 *       snapshot is written. A snapshot says all that the session was when it was written, and each change after it
 *       follows in order: so what the session is, but for its messages, is known.
 *   <li>Each message of its mailbox is there, because a segment that holds one is not deleted before a copy is written.
 *       Message or copy, it was of the mailbox when it was written; and what made it go, had it gone, would stand behind
 *       it, and would be there: {@code Trimmed}, {@code Restarted}, {@code Overflowed}, {@code Created}, {@code Ended} or
 *       a snapshot that has it trimmed. So what is left is just what has not gone. Copies stand behind what came later,
 *       which is why messages are put in their places by their numbers.
 *   <li>What stands before the first snapshot of a session whose {@code Created} is gone is kept provisionally. A session
 *       that has no identity at the end is none: its end was deleted, or its late {@code Trimmed} is all that there is.
 * </ul>
 *
 * A kill between any two writes leaves a message or snapshot twice at most; the later one then takes the place of the
 * earlier one, which says the same.
 */
final class Cleaner {

    /** Small logs are left alone: so many segments. */
    private static final int SMALL = 4;

    /** The log is cleaned while no more than one in so many bytes is needed. */
    private static final int WASTE = 2;

    /** Bytes that are looked through for each byte that is written; more than {@link #WASTE}, so that it wins. */
    private static final int ZEAL = 4;

    /** Bytes that are looked through at least, once it is at it: so that a file is not opened for a few of them. */
    private static final int PIECE = 1 << 16;

    /** Most bytes that are looked through while an append waits. */
    private static final int LARGE_PIECE = 1 << 22;

    private final Disk disk;
    private final Journal journal;
    private final Segments segments;
    private final Index index;
    private final int segmentBytes;
    private final RecordBatch batch = new RecordBatch();
    private @Nullable Segment segment; // that is being cleaned
    private int done; // bytes of it
    private long credit;

    /** @param segmentBytes about the size of a segment */
    Cleaner(Disk disk, Journal journal, Segments segments, Index index, int segmentBytes) {
        this.disk = disk;
        this.journal = journal;
        this.segments = segments;
        this.index = index;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Does a share of the work, for the {@code written} bytes that have just been written.
     *
     * @throws IOException if it cannot; then the same part is tried again later
     */
    void work(int written) throws IOException {
        credit = Math.min(credit + (long) ZEAL * written, LARGE_PIECE);
        if (credit < Math.min(PIECE, segmentBytes)) {
            return;
        }
        int share = (int) credit;
        credit = 0;
        if (isDue()) {
            clean(share);
        }
    }

    private boolean isDue() {
        return !segments.oldest().isDead()
                && segments.bytes() > (long) SMALL * segmentBytes
                && segments.livingBytes() * WASTE < segments.bytes();
    }

    private void clean(int share) throws IOException {
        Segment oldest = segments.oldest();
        if (oldest != segment) {
            segment = oldest;
            done = SegmentHeader.LENGTH;
        }
        batch.clear();
        EntryDecoder decoder = new EntryDecoder();
        int reached = done;
        try (SegmentReader reader = new SegmentReader(disk.open(oldest.name()), done, oldest.length())) {
            while (reached - done < share && isRecord(reader, oldest)) {
                Entry entry = decoder.decode(reader.bytes(), reader.bodyStart(), reader.bodyEnd());
                decoder.offsets().moveTo(oldest.number(), reader.shift());
                addLiving(entry, decoder.offsets());
                reached = reader.shift() + reader.bodyEnd();
            }
        }
        if (!batch.isEmpty()) {
            journal.write(batch);
        }
        done = reached;
    }

    private boolean isRecord(SegmentReader reader, Segment oldest) throws IOException {
        SegmentReader.Found found = reader.next();
        if (found == SegmentReader.Found.BAD || found == SegmentReader.Found.TORN) {
            throw StoreException.damaged(disk, oldest.name(), reader.offset(), "no record");
        }
        return found == SegmentReader.Found.RECORD;
    }

    /** Adds to the batch whatever of {@code entry} is still needed, in a record of its own. */
    private void addLiving(Entry entry, Entry.Offsets offsets) {
        List<Entry.Snapshot> snapshots = new ArrayList<>(0);
        List<Change> messages = new ArrayList<>(0);
        int next = 0;
        for (Entry.Snapshot snapshot : entry.snapshots()) {
            RecordLocation location = offsets.location(next++);
            base(index.sessionEntry(snapshot.identity().session()), location).ifPresent(snapshots::add);
        }
        for (Change change : entry.changes()) {
            RecordLocation location = offsets.location(next++);
            Optional<SessionEntry> sessionEntry = index.sessionEntry(change.session());
            if (change instanceof Change.Created) {
                base(sessionEntry, location).ifPresent(snapshots::add);
            } else if (change instanceof Change.Appended message
                    && sessionEntry
                            .filter(holder -> holder.holds(message.seq(), location))
                            .isPresent()) {
                messages.add(message);
            }
        }
        if (!snapshots.isEmpty() || !messages.isEmpty()) {
            batch.add(new Entry(snapshots, messages));
        }
    }

    private static Optional<Entry.Snapshot> base(Optional<SessionEntry> sessionEntry, RecordLocation location) {
        return sessionEntry
                .filter(based -> based.restsOn(location))
                .flatMap(based -> based.image(List.of()).map(image -> new Entry.Snapshot(image, based.isSuspect())));
    }
}
