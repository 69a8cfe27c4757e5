package tokenly.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Compares an old log with its {@link Head}. A kill of the process leaves nothing that it finds, because the head is written
 * before a segment gets its first record, and before one is deleted; the end of a log that was not closed may be missing
 * unnoticed as far as one file.
 */
final class HeadCheck {

    private final Disk disk;
    private final SegmentFiles files;
    private final List<SegmentHeader> headers;

    /** @param headers of the segments that are there, the oldest first */
    HeadCheck(Disk disk, SegmentFiles files, List<SegmentHeader> headers) {
        this.disk = disk;
        this.files = files;
        this.headers = headers;
    }

    /** What shows that the log is not as it was left, for the operator; empty if nothing does. */
    Optional<String> finding(HeadFile file) throws IOException {
        Optional<Head> head = file.read();
        if (head.isPresent()) {
            return finding(head.get());
        }
        boolean needsNone = headers.stream().allMatch(header -> header.generation() == SegmentHeader.NO_GENERATION);
        return needsNone
                ? Optional.empty()
                : Optional.of(disk.describe(HeadFile.NAME) + (file.isThere() ? " cannot be read" : " is missing"));
    }

    private Optional<String> finding(Head head) throws IOException {
        int newest = headers.isEmpty() ? 0 : headers.get(headers.size() - 1).number();
        if (newest < head.newest()) {
            return Optional.of(
                    "its last file, " + files.file(head.newest()) + ", is missing or has lost its beginning");
        }
        if (newest > head.newest() + 1) {
            return Optional.of(disk.describe(HeadFile.NAME) + " is older than " + files.file(newest));
        }
        if (!headers.isEmpty() && headers.get(0).number() > head.oldest()) {
            return Optional.of("its first file, " + files.file(head.oldest()) + ", is missing");
        }
        return head.newest() == 0 ? Optional.empty() : findingInNewest(head);
    }

    private Optional<String> findingInNewest(Head head) throws IOException {
        String file = files.file(head.newest());
        long length = files.length(head.newest());
        if (length < head.length()) {
            return Optional.of(file + " had " + head.length() + " bytes when the log was closed, and has " + length);
        }
        long generation = headers.get(headers.size() - 1).generation();
        if (generation != SegmentHeader.NO_GENERATION && generation != head.generation()) {
            return Optional.of(disk.describe(HeadFile.NAME) + " is that of another log");
        }
        boolean isCopy = differ(head.newestKey(), disk.key(Segment.name(head.newest())))
                || differ(head.directoryKey(), disk.key(""));
        return isCopy
                ? Optional.of(
                        "its files are a copy of those that were written, and nothing shows that it is the latest one")
                : Optional.empty();
    }

    private static boolean differ(long known, long found) {
        return known != Disk.NO_KEY && found != Disk.NO_KEY && known != found;
    }
}
