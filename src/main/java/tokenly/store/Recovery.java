package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tokenly.session.MailboxCost;
import tokenly.session.Store.Image;
import tokenly.session.Store.Recovered;

/**
 * Reads what earlier runs have left. Used once; {@link #read} changes nothing on the disk.
 *
 * <p><b>What may be missing, and what must not.</b> The log is written at its end only, so a kill of the process can leave
 * one thing behind: the beginning of a record at the very end, which was never acknowledged. It is cut off. A stop of
 * the host can leave more of what was not forced: after {@link Fsync#ALWAYS} the remains of the last batch, after {@link
 * Fsync#INTERVAL} holes in the newest file, after {@link Fsync#OFF} holes anywhere. Then the log ends where the first hole
 * is. Whatever else does not check is damage, and nothing is recovered.
 */
final class Recovery {

    private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

    private final Disk disk;
    private final ServerRun now;
    private final long mailboxBytes;
    private final Segments segments = new Segments();
    private final Index index;
    private final EntryDecoder decoder = new EntryDecoder();
    private final SegmentFiles files;
    private final HeadFile head;
    private SegmentFiles.Log log = new SegmentFiles.Log(List.of(), Optional.empty(), List.of(), List.of());
    private boolean wasClosed = true; // that is the last thing that the log says
    private boolean isComplete = true;

    /** @param mailboxBytes the most that all mailboxes may take together, see {@link MailboxCost} */
    Recovery(Disk disk, ServerRun now, long mailboxBytes) {
        this.disk = disk;
        this.now = now;
        this.mailboxBytes = mailboxBytes;
        this.index = new Index(segments, mailboxBytes);
        this.files = new SegmentFiles(disk, now);
        this.head = new HeadFile(disk);
    }

    /** @throws StoreException if it is damaged */
    Recovered read() throws IOException {
        log = files.find();
        Optional<String> finding = head.finding(files, log.headers());
        finding.ifPresent(this::warn);
        boolean isCut = false;
        for (int i = 0; i < log.headers().size() && !isCut; i++) {
            isCut = !readsToTheEnd(i);
        }
        index.endReplay();
        if (index.copies() > 0) {
            LOG.log(
                    Level.INFO,
                    JournalStore.CLEANING_CUT_SHORT + ": {0} parts of it are there twice",
                    Integer.toString(index.copies()));
        }
        isComplete = finding.isEmpty()
                && log.isWhole()
                && (wasClosed
                        || log.lastRun()
                                .filter(last -> !last.isOfSameBoot(now) && last.fsync() != Fsync.ALWAYS)
                                .isEmpty());
        boolean hasSuspects = index.sessionEntries().stream().anyMatch(SessionEntry::isSuspect);
        for (SessionEntry sessionEntry : index.sessionEntries()) {
            check(sessionEntry);
        }
        RecoveredMailboxes mailboxes = readMessages();
        isComplete &= !mailboxes.isTooMuchToName();
        List<Image> images = new ArrayList<>();
        for (SessionEntry sessionEntry : index.sessionEntries()) {
            images.add(sessionEntry.image(mailboxes.messages(sessionEntry)).orElseThrow());
        }
        return new Recovered(images, isComplete && !hasSuspects, mailboxes.shed());
    }

    private void check(SessionEntry sessionEntry) throws StoreException {
        boolean isKnown =
                isComplete && !sessionEntry.isSuspect() && sessionEntry.isResumable(); // a plain session has no mailbox
        if (isKnown && sessionEntry.run() != sessionEntry.held()) {
            throw StoreException.messageMissing(
                    disk, sessionEntry.id(), sessionEntry.ackedSeq() + sessionEntry.run() + 1);
        }
    }

    /** Reads the log a second time, for the messages that are needed. */
    private RecoveredMailboxes readMessages() throws IOException {
        RecoveredMailboxes mailboxes = new RecoveredMailboxes(disk, index, mailboxBytes);
        EntryDecoder sharing = new EntryDecoder(index);
        for (int i = 0; i < segments.count(); i++) {
            Segment segment = segments.all().get(i);
            sharing.keys(log.headers().get(i).hasRawKeys());
            try (SegmentReader reader =
                    new SegmentReader(disk.open(segment.name()), SegmentHeader.LENGTH, segment.length())) {
                while (reader.next() == SegmentReader.Found.RECORD) {
                    mailboxes.follow(decode(sharing, segment.number(), reader), sharing.offsets());
                }
            }
        }
        mailboxes.finish();
        return mailboxes;
    }

    private void warn(String finding) {
        LOG.log(
                Level.WARNING,
                "the store is not as it was left: {0}. What was written last may be lost, so every session begins a new epoch,"
                        + " and clients are told what is lost",
                finding);
    }

    /** Reads one segment; returns false if the log ends in the midst of it. */
    private boolean readsToTheEnd(int i) throws IOException {
        SegmentHeader header = log.headers().get(i);
        boolean isLast = i == log.headers().size() - 1;
        int size = Math.toIntExact(files.length(header.number()));
        int end = isLast ? size : log.headers().get(i + 1).previousLength();
        if (header.isAfterLoss()) {
            index.suspectAll();
        }
        wasClosed = false;
        decoder.keys(header.hasRawKeys());
        boolean isShort = size < end;
        try (SegmentReader reader = new SegmentReader(
                disk.open(Segment.name(header.number())), SegmentHeader.LENGTH, Math.min(size, end))) {
            Segment segment = new Segment(disk, header.number(), Math.min(size, end));
            segments.add(segment);
            SegmentReader.Found found = follow(header.number(), reader);
            if (found == SegmentReader.Found.END && !isShort) {
                return true;
            }
            if (!mayEndHere(header.run(), found, isLast, reader)) {
                throw StoreException.damaged(disk, Segment.name(header.number()), reader.offset(), "no record");
            }
            cut(header.number(), reader.offset(), size);
            segment.cut(reader.offset());
            return false;
        }
    }

    private SegmentReader.Found follow(int number, SegmentReader reader) throws IOException {
        SegmentReader.Found found = reader.next();
        while (found == SegmentReader.Found.RECORD) {
            Entry entry = decode(decoder, number, reader);
            index.follow(entry, decoder.offsets(), 0);
            wasClosed = entry.isClosing();
            found = reader.next();
        }
        return found;
    }

    private Entry decode(EntryDecoder with, int number, SegmentReader reader) throws StoreException {
        try {
            Entry entry = with.decode(reader.bytes(), reader.bodyStart(), reader.bodyEnd());
            with.offsets().moveTo(number, reader.shift());
            return entry;
        } catch (RuntimeException nonsense) { // a checksum that fits by chance, or a newer format
            StoreException damage =
                    StoreException.damaged(disk, Segment.name(number), reader.offset(), "a record of no meaning");
            damage.initCause(nonsense);
            throw damage;
        }
    }

    /** @param writer of the segment */
    private boolean mayEndHere(ServerRun writer, SegmentReader.Found found, boolean isLast, SegmentReader reader)
            throws IOException {
        ServerRun last = log.lastRun().orElse(writer);
        if (last.isOfSameBoot(now)) {
            return isLast && found == SegmentReader.Found.TORN;
        }
        return switch (last.fsync()) {
            case OFF -> writer.mayShareBoot(last); // what is of an earlier boot, the last run has read from the medium
            case INTERVAL -> isLast;
            case ALWAYS -> isLast && !reader.findsLaterBatch();
        };
    }

    private void cut(int number, int offset, int size) {
        wasClosed = false;
        LOG.log(
                Level.WARNING,
                "the store was stopped while it wrote: the last {0} bytes of {1}, from offset {2} on, begin with no whole"
                        + " record, and are cut off",
                Integer.toString(size - offset),
                files.file(number),
                Integer.toString(offset));
    }

    /**
     * The log, ready to go on behind what was read.
     *
     * @param segmentBytes about the size of a segment
     */
    Journal goOn(int segmentBytes) throws IOException {
        int number = segments.count() == 0 ? 1 : segments.newest().number() + 1;
        int previousLength = segments.count() == 0 ? 0 : segments.newest().length();
        for (int needless : log.needless(number)) {
            LOG.log(
                    Level.WARNING,
                    "{0} is deleted: the host stopped before the log was on its medium, and what came before is missing",
                    files.file(needless));
            disk.delete(Segment.name(needless));
        }
        if (now.fsync() != Fsync.OFF) {
            segments.forceAll(); // an earlier run on this boot need not have done so, and that could not be told later
        }
        if (!isComplete) {
            index.suspectAll();
        }
        SegmentHeader header = new SegmentHeader(number, previousLength, now, !isComplete, generation());
        return new Journal(disk, header, head, segmentBytes, segments, index);
    }

    /**
     * The generation with which the log goes on: a new one unless it is the same log without a doubt. Then the head names what
     * is there, before anything is: so that, however often a start is killed, no more than one file stands behind the head.
     */
    private long generation() throws IOException {
        long known = head.generation().orElse(SegmentHeader.NO_GENERATION);
        long generation = isComplete && known != SegmentHeader.NO_GENERATION ? known : SegmentHeader.freshGeneration();
        if (isComplete) {
            boolean isEmpty = segments.count() == 0;
            int oldest = isEmpty ? 1 : segments.oldest().number();
            int newest = isEmpty ? 0 : segments.newest().number();
            head.write(generation, oldest, newest, HeadFile.OPEN, true);
        }
        return generation;
    }

    Segments segments() {
        return segments;
    }

    Index index() {
        return index;
    }
}
