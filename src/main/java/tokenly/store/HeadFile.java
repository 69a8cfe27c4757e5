package tokenly.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file that holds the {@link Head}, at two places in turn: what is written last is there, or, if the write is cut short,
 * what was written before. It never grows, so a full disk cannot keep it from being written, and with that files from being
 * deleted. Belongs to the thread that has the write permit.
 */
final class HeadFile {

    static final String NAME = "head";

    /** Between the two places: what a disk writes as a whole, and no more. */
    private static final int DISTANCE = 512;

    private final Disk disk;
    private long count; // of the last one that is written

    HeadFile(Disk disk) {
        this.disk = disk;
    }

    /** What was written last; empty if there is no such file, or nothing in it can be read. */
    Optional<Head> read() throws IOException {
        if (!isThere()) {
            return Optional.empty();
        }
        try (Disk.OpenFile file = disk.open(NAME)) {
            Optional<Head.Counted> last = Stream.of(read(file, 0), read(file, DISTANCE))
                    .flatMap(Optional::stream)
                    .max(Comparator.comparingLong(Head.Counted::count));
            last.ifPresent(found -> count = found.count());
            return last.map(Head.Counted::head);
        }
    }

    private static Optional<Head.Counted> read(Disk.OpenFile file, int position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Head.LENGTH);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = file.read(bytes, (long) position + bytes.position());
        }
        return Head.decode(bytes.array());
    }

    boolean isThere() throws IOException {
        return disk.names().contains(NAME);
    }

    /** @param isForced whether it must be on the medium, too */
    void write(Head head, boolean isForced) throws IOException {
        if (isThere() && count > 0) {
            try (Disk.OpenFile file = disk.open(NAME)) {
                write(file, head.encode(count + 1), (int) ((count + 1) % 2) * DISTANCE, isForced);
            }
        } else {
            create(head, isForced);
        }
        count++;
    }

    private void create(Head head, boolean isForced) throws IOException {
        try (Disk.OpenFile file = disk.create(NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate(2 * DISTANCE);
            bytes.put((int) ((count + 1) % 2) * DISTANCE, head.encode(count + 1).array());
            write(file, bytes, 0, isForced);
        }
        if (isForced) {
            disk.force();
        }
    }

    private static void write(Disk.OpenFile file, ByteBuffer bytes, int position, boolean isForced) throws IOException {
        int at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
        if (isForced) {
            file.force();
        }
    }
}
