package tokenly.store;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import tokenly.session.Credentials;
import tokenly.session.Epoch;
import tokenly.session.Instance;
import tokenly.session.KeyHash;
import tokenly.session.Message;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.session.Store.Change;

/**
 * Measures what docs/decisions/0007 says: run by hand, and never part of a build. Arguments: a directory that is emptied, the
 * fsync setting, and the seconds of each measurement.
 */
final class StoreBenchmark {

    private static final int THREADS = 4;
    private static final String TEXT = "x".repeat(200);

    private final Path directory;
    private final Fsync fsync;
    private final double seconds;

    private StoreBenchmark(Path directory, Fsync fsync, double seconds) {
        this.directory = directory;
        this.fsync = fsync;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        StoreBenchmark benchmark = new StoreBenchmark(
                Path.of(arguments[0]), Fsync.valueOf(arguments[1]), Double.parseDouble(arguments[2]));
        for (int round = 0; round < 3; round++) {
            benchmark.throughput(64);
            benchmark.throughput(1);
        }
        for (int round = 0; round < 3; round++) {
            benchmark.recovery();
        }
    }

    private void throughput(int inFlight) throws Exception {
        empty();
        try (JournalStore store = new JournalStore(directory, fsync)) {
            store.recover().toCompletableFuture().join();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            List<Producer> producers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                producers.add(new Producer(store, i, inFlight, start + (long) (seconds * 1e9)));
            }
            producers.forEach(Thread::start);
            for (Producer producer : producers) {
                producer.join();
            }
            double took = (System.nanoTime() - start) / 1e9;
            long count =
                    producers.stream().mapToLong(producer -> producer.count).sum();
            long[] nanos = producers.stream()
                    .flatMapToLong(producer -> Arrays.stream(producer.nanos, 0, producer.samples))
                    .sorted()
                    .toArray();
            System.out.printf(
                    "%s, %d in flight x %d: %,.0f appends/s, p50 %d us, p99 %d us, %.2f s CPU per 100,000, %d MB on"
                            + " disk%n",
                    fsync,
                    inFlight,
                    THREADS,
                    count / took,
                    nanos[nanos.length / 2] / 1000,
                    nanos[nanos.length * 99 / 100] / 1000,
                    (cpuNanos() - cpu) / 1e9 / count * 100_000,
                    bytes() >> 20);
        }
    }

    private void recovery() throws Exception {
        empty();
        try (JournalStore store = new JournalStore(directory, fsync)) {
            store.recover().toCompletableFuture().join();
            for (int s = 0; s < 1_000; s++) {
                store.append(List.of(created("s" + s)));
                for (int seq = 1; seq <= 100; seq++) {
                    store.append(relayed("s" + s, seq, "s" + s))
                            .toCompletableFuture()
                            .join();
                }
            }
        }
        long start = System.nanoTime();
        try (JournalStore store = new JournalStore(directory, fsync)) {
            int sessions =
                    store.recover().toCompletableFuture().join().sessions().size();
            System.out.printf(
                    "recovered %d sessions and 100,000 messages in %d ms%n",
                    sessions, (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** One thread with rooms of its own, each of a sender and a receiver, who acknowledges now and then. */
    private static final class Producer extends Thread {

        private static final int ACKNOWLEDGED_AT_ONCE = 16;

        private final JournalStore store;
        private final String name;
        private final int rooms;
        private final long end;
        private final long[] nanos = new long[1 << 20];
        private final Semaphore free;
        private int samples;
        private long count;

        Producer(JournalStore store, int number, int rooms, long end) {
            this.store = store;
            this.name = "p" + number + "-";
            this.rooms = rooms;
            this.end = end;
            this.free = new Semaphore(rooms);
        }

        @Override
        public void run() {
            for (int room = 0; room < rooms; room++) {
                store.append(List.of(created(name + room + "a"), created(name + room + "b")));
            }
            long[] seqs = new long[rooms];
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                int room = (int) (count % rooms);
                long seq = ++seqs[room];
                append(relayed(name + room + "a", seq, name + room + "b"), now);
                if (seq % ACKNOWLEDGED_AT_ONCE == 0) {
                    store.append(List.of(new Change.Trimmed(new SessionId(name + room + "b"), seq)));
                }
            }
            free.acquireUninterruptibly(rooms);
        }

        private void append(List<Change> changes, long now) {
            free.acquireUninterruptibly();
            count++;
            boolean isSample = count % 16 == 0;
            store.append(changes).whenComplete((written, failure) -> {
                if (isSample) {
                    note(System.nanoTime() - now);
                }
                free.release();
            });
        }

        private synchronized void note(long took) {
            if (samples < nanos.length) {
                nanos[samples++] = took;
            }
        }
    }

    private static Change created(String id) {
        Credentials credentials = new Credentials(new KeyHash("k".repeat(43)), new Instance("i"), 1);
        return new Change.Created(
                new SessionId(id), new RoomId("room-" + id), new Epoch("epoch-of-it"), credentials, Role.OPEN);
    }

    private static List<Change> relayed(String from, long seq, String to) {
        SessionId sender = new SessionId(from);
        Message message = new Message.Signalled(
                sender, new Source(new Epoch("epoch-of-it"), seq), new Signal(Signal.Kind.MESSAGE, null, TEXT));
        return List.of(new Change.Taken(sender, seq), new Change.Appended(new SessionId(to), seq, message));
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private void empty() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
