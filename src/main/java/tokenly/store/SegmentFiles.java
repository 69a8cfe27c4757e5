package tokenly.store;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the files of an old log and reads how each begins. Changes nothing. */
final class SegmentFiles {

    private static final System.Logger LOG = System.getLogger(SegmentFiles.class.getName());

    private static final Pattern NAME = Pattern.compile("(\\d{10})\\.journal");

    private final Disk disk;
    private final ServerRun now;

    SegmentFiles(Disk disk, ServerRun now) {
        this.disk = disk;
        this.now = now;
    }

    /**
     * An old log.
     *
     * @param headers of the segments that can be read, the oldest first, their numbers without a gap
     * @param lastRun the one that wrote last; empty if there was none
     * @param before numbers of files that stand before a gap, and count no more, the oldest first
     * @param behind numbers of files that stand behind the end of what can be read, the newest first
     */
    record Log(List<SegmentHeader> headers, Optional<ServerRun> lastRun, List<Integer> before, List<Integer> behind) {

        /** Whether no file is known to be missing. */
        boolean isWhole() {
            return before.isEmpty() && behind.isEmpty();
        }

        /**
         * Numbers of the files that do not count if the log goes on with file {@code next}, in an order in which any number of them
         * may be deleted before the server is killed.
         */
        List<Integer> needless(int next) {
            List<Integer> numbers = new ArrayList<>(before);
            numbers.addAll(behind);
            headers.stream()
                    .map(SegmentHeader::number)
                    .filter(number -> number >= next) // behind a hole
                    .sorted(Comparator.reverseOrder())
                    .forEach(numbers::add);
            return numbers;
        }
    }

    /** @throws StoreException if files are missing that cannot be */
    Log find() throws IOException {
        List<Integer> numbers = numbers();
        List<SegmentHeader> all = new ArrayList<>();
        Optional<Integer> without = Optional.empty(); // the first without a beginning
        for (int number : numbers) {
            Optional<SegmentHeader> header = header(number);
            header.ifPresent(all::add);
            without = header.isPresent() ? without : Optional.of(without.orElse(number));
        }
        Optional<ServerRun> lastRun = all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1).run());
        int end = without.isPresent() ? end(without.get(), numbers, all, lastRun) : Integer.MAX_VALUE;
        List<SegmentHeader> readable =
                all.stream().filter(header -> header.number() < end).toList();
        int start = start(readable, lastRun);
        List<Integer> behind = numbers.stream()
                .filter(number -> number >= end)
                .sorted(Comparator.reverseOrder())
                .toList();
        return new Log(
                readable.stream().filter(header -> header.number() >= start).toList(),
                lastRun,
                numbers.stream().filter(number -> number < start).toList(),
                behind);
    }

    /** Where the log ends if file {@code number} has no beginning. */
    private int end(int number, List<Integer> numbers, List<SegmentHeader> headers, Optional<ServerRun> lastRun)
            throws IOException {
        boolean isLast = number == numbers.get(numbers.size() - 1);
        if (mayLack(lastRun) || (lastRun.isEmpty() && number > 1 && areBlank(numbers))) {
            return number;
        }
        if (isLast && isUnborn(number, headers)) {
            LOG.log(Level.WARNING, "{0} was only just begun, and is passed over", file(number));
            return Integer.MAX_VALUE;
        }
        throw StoreException.damaged(disk, Segment.name(number), 0, "no beginning of a segment");
    }

    private List<Integer> numbers() throws IOException {
        return disk.names().stream()
                .map(NAME::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .filter(number -> number <= Integer.MAX_VALUE) // what is beyond is not ours
                .map(Long::intValue)
                .sorted()
                .toList();
    }

    private Optional<SegmentHeader> header(int number) throws IOException {
        byte[] bytes = beginning(number);
        if (SegmentHeader.isOfLaterVersion(bytes)) {
            throw StoreException.ofLaterVersion(disk, Segment.name(number));
        }
        return SegmentHeader.decode(bytes).filter(header -> header.number() == number);
    }

    /** As long as a header; what the file does not have of it is 0. */
    private byte[] beginning(int number) throws IOException {
        try (Disk.OpenFile file = disk.open(Segment.name(number))) {
            ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.LENGTH);
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = file.read(bytes, bytes.position());
            }
            return bytes.array();
        }
    }

    /** Whether all begin with nothing: their host stopped before anything of them was on its medium. */
    private boolean areBlank(List<Integer> numbers) throws IOException {
        for (int number : numbers) {
            for (byte first : beginning(number)) {
                if (first != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the newest file never held a record: its beginning was being written when the server or its host stopped. */
    private boolean isUnborn(int number, List<SegmentHeader> before) throws IOException {
        long length = length(number);
        boolean hostStopped =
                !before.isEmpty() && !before.get(before.size() - 1).run().isOfSameBoot(now);
        return length < SegmentHeader.LENGTH || (length == SegmentHeader.LENGTH && hostStopped);
    }

    /**
     * The number behind the last gap, 0 if there is none: a host that stopped may have kept the deletion of one file, and not
     * that of an older one.
     */
    private int start(List<SegmentHeader> headers, Optional<ServerRun> lastRun) throws StoreException {
        for (int i = headers.size() - 1; i > 0; i--) {
            int missing = headers.get(i).number() - 1;
            if (headers.get(i - 1).number() != missing) {
                if (mayLack(lastRun)) {
                    return headers.get(i).number();
                }
                throw StoreException.damaged(disk, Segment.name(missing), 0, "nothing but a gap between other files");
            }
        }
        return 0;
    }

    /** Whether the host has stopped since, and which files there are had not been forced to the medium. */
    private boolean mayLack(Optional<ServerRun> lastRun) {
        return lastRun.filter(last -> last.fsync() == Fsync.OFF && !last.isOfSameBoot(now))
                .isPresent();
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
