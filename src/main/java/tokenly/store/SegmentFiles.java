package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the files of an old log and reads how each begins. Changes nothing. */
final class SegmentFiles {

    private static final System.Logger LOG = System.getLogger(SegmentFiles.class.getName());

    private static final Pattern NAME = Pattern.compile("(\\d{10})\\.journal");

    private final Disk disk;
    private final Run now;

    SegmentFiles(Disk disk, Run now) {
        this.disk = disk;
        this.now = now;
    }

    /** The headers of all segments, the oldest first, their numbers without a gap. */
    List<SegmentHeader> headers() throws IOException {
        List<Integer> numbers = numbers();
        List<SegmentHeader> headers = new ArrayList<>();
        for (int number : numbers) {
            boolean isLast = number == numbers.get(numbers.size() - 1);
            Optional<SegmentHeader> header = header(number);
            if (header.isPresent()) {
                headers.add(header.get());
            } else if (isLast && isUnborn(number, headers)) {
                LOG.log(Level.WARNING, "{0} was only just begun, and is passed over", file(number));
            } else {
                throw StoreException.damaged(file(number), 0, "no beginning of a segment");
            }
        }
        return withoutGap(headers);
    }

    private List<Integer> numbers() throws IOException {
        return disk.names().stream()
                .map(NAME::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .sorted()
                .toList();
    }

    private Optional<SegmentHeader> header(int number) throws IOException {
        try (Disk.OpenFile file = disk.open(Segment.name(number))) {
            ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.LENGTH);
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = file.read(bytes, bytes.position());
            }
            return SegmentHeader.decode(bytes.array()).filter(header -> header.number() == number);
        }
    }

    /** Whether the newest file never held a record: its beginning was being written when the server or its host stopped. */
    private boolean isUnborn(int number, List<SegmentHeader> before) throws IOException {
        long length = length(number);
        boolean hostStopped =
                !before.isEmpty() && !before.get(before.size() - 1).run().isOfSameBoot(now);
        return length < SegmentHeader.LENGTH || (length == SegmentHeader.LENGTH && hostStopped);
    }

    /** A host that stopped without a force may have kept the deletion of one file, and not that of an older one. */
    private List<SegmentHeader> withoutGap(List<SegmentHeader> headers) throws StoreException {
        for (int i = headers.size() - 1; i > 0; i--) {
            int missing = headers.get(i).number() - 1;
            if (headers.get(i - 1).number() != missing) {
                Run last = headers.get(headers.size() - 1).run();
                if (last.fsync() == Fsync.OFF && !last.isOfSameBoot(now)) {
                    return headers.subList(i, headers.size());
                }
                throw StoreException.damaged(file(missing), 0, "nothing but a gap between other files");
            }
        }
        return headers;
    }

    long length(int number) throws IOException {
        try (Disk.OpenFile file = disk.open(Segment.name(number))) {
            return file.size();
        }
    }

    /** As a message to the operator names it. */
    String file(int number) {
        return disk.describe(Segment.name(number));
    }
}
