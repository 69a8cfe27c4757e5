package tokenly.store;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.zip.CRC32C;
import tokenly.session.Message;
import tokenly.session.Store;
import tokenly.session.Store.Image;

/**
 * Recovers the store in the directory that is its first argument, with as many bytes for mailboxes as the second one says,
 * and prints what it has found.
 */
final class RecoveringProgram {

    /** Ids are printed as far as they differ. */
    private static final int SHORT_ID = 5;

    private RecoveringProgram() {}

    public static void main(String[] arguments) throws IOException {
        try (JournalStore store = new JournalStore(Path.of(arguments[0]), Fsync.OFF)) {
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
            long start = System.nanoTime();
            Store.Recovered found = store.recover(Long.parseLong(arguments[1]))
                    .toCompletableFuture()
                    .join();
            long millis = (System.nanoTime() - start) / 1_000_000;
            IdentityHashMap<Message, Long> digests = new IdentityHashMap<>();
            for (Image image : found.sessions()) {
                out.println(line(image, digests));
            }
            found.shed()
                    .forEach((id, losses) -> losses.forEach(loss -> out.println("shed " + shortened(id.value()) + " "
                            + shortened(loss.from().value()) + " " + loss.epoch() + " "
                            + loss.seqs().size() + " " + loss.seqs().get(0) + " "
                            + loss.seqs().get(loss.seqs().size() - 1))));
            out.println("complete " + found.isComplete());
            out.println("cost " + millis + " ms, heap at most " + peakOfHeap() + " MB");
            out.flush();
        }
    }

    /** What is known of {@code image}, in a line. */
    static String line(Image image, IdentityHashMap<Message, Long> digests) {
        return "session " + shortened(image.session().value()) + " " + image.ackedSeq() + " "
                + image.messages().size() + " " + digest(image.messages(), digests);
    }

    static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    /** Of all that {@code messages} say, in their order. */
    private static long digest(List<Message> messages, IdentityHashMap<Message, Long> digests) {
        long digest = 1;
        for (Message message : messages) {
            digest = 31 * digest + digests.computeIfAbsent(message, RecoveringProgram::digest);
        }
        return digest;
    }

    private static long digest(Message message) {
        CRC32C crc = new CRC32C();
        crc.update(message.toString().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** All pools of it, each at its highest, after recovery. */
    private static long peakOfHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}
