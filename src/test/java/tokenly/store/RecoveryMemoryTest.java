package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.EPOCH;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.id;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tokenly.session.MailboxCost;
import tokenly.session.Message;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** The worst logs that the limits allow, read by a process whose heap is the smallest that a server is run with. */
@Tag("slow")
class RecoveryMemoryTest {

    private static final String HEAP = "-Xmx256m";
    private static final long NO_BOUND = Long.MAX_VALUE;

    /** Of a server with that heap. */
    private static final long DEFAULT_BOUND = (256 << 20) / 6;

    @TempDir
    private Path directory;

    /** What is written, by session, those that take most first. */
    private final Map<String, List<Message>> mailboxes = new LinkedHashMap<>();

    @Test
    void aCrowdThatWaitsForManyBroadcastsOfNoText() throws Exception {
        List<String> crowd =
                IntStream.range(0, 990).mapToObj(i -> "s" + (1_000 + i)).toList();
        write(store -> {
            open(store, crowd);
            for (int seq = 1; seq <= 2_500; seq++) {
                Message broadcast = signal("from", seq, "somebody", "");
                List<Change> record = new ArrayList<>(crowd.size());
                for (int i = 0; i < crowd.size() && seq <= 2_500 - i; i++) {
                    record.add(append(crowd.get(i), broadcast));
                }
                append(store, record);
            }
        });
        check(NO_BOUND);
        check(20_000_000);
    }

    @Test
    void manyBroadcastsForAllOfACrowd() throws Exception {
        List<String> crowd =
                IntStream.range(0, 990).mapToObj(i -> "s" + (1_000 + i)).toList();
        write(store -> {
            open(store, crowd);
            for (int seq = 1; seq <= 2_500; seq++) {
                Message broadcast = signal("from", seq, "somebody", "");
                append(store, crowd.stream().map(id -> append(id, broadcast)).toList());
            }
        });
        check(NO_BOUND);
    }

    @Test
    void manyLargeMessages() throws Exception {
        List<String> peers = IntStream.range(0, 12).mapToObj(i -> "s" + i).toList();
        write(store -> {
            open(store, peers);
            for (int i = 0; i < peers.size(); i++) {
                for (int n = 0; n < 110 - 10 * i; n++) {
                    Message direct = signal("from", i * 1_000 + n, peers.get(i), "x".repeat(60_000));
                    append(store, List.of(append(peers.get(i), direct)));
                }
            }
        });
        check(NO_BOUND);
        check(10_000_000);
    }

    @Test
    void manySessionsWithLongIds() throws Exception {
        List<String> peers = IntStream.range(0, 60_000)
                .mapToObj(i -> (10_000 + i) + "\ud55c".repeat(123))
                .toList();
        write(store -> {
            open(store, peers);
            for (int i = 0; i < peers.size(); i++) {
                List<Change> record = new ArrayList<>();
                String from = peers.get((i + 30_000) % peers.size());
                for (int seq = 1; seq <= 4; seq++) {
                    record.add(append(peers.get(i), signal(from, seq, peers.get(i), "")));
                }
                append(store, record);
            }
        });
        check(NO_BOUND);
        check(28_000_000);
    }

    @ParameterizedTest(name = "{0} rooms of {1}")
    @CsvSource({"3, 960", "5, 990"})
    void oneBroadcastOfEachOfManyWhoWait(int rooms, int size) throws Exception {
        write(store -> {
            for (int room = 0; room < rooms; room++) {
                int base = 10_000 + room * 1_000;
                List<String> crowd =
                        IntStream.range(0, size).mapToObj(i -> "s" + (base + i)).toList();
                crowd.forEach(id -> append(store, List.of(Records.created(id))));
                for (String from : crowd) {
                    Message broadcast = signal(from, 1, "somebody", "hello");
                    append(
                            store,
                            crowd.stream()
                                    .filter(to -> !to.equals(from))
                                    .map(to -> append(to, broadcast))
                                    .toList());
                }
            }
        });
        List<String> found = recoverElsewhere(DEFAULT_BOUND);
        assertThat(found).contains("complete false").noneMatch(line -> line.startsWith("shed "));
        assertThat(found.stream().filter(line -> line.startsWith("session "))).hasSize(rooms * size);
    }

    private interface Writing {
        void to(JournalStore store) throws IOException;
    }

    private void write(Writing writing) throws IOException {
        try (JournalStore store = new JournalStore(directory, Fsync.OFF)) {
            store.recover();
            writing.to(store);
        }
    }

    private void open(JournalStore store, List<String> ids) {
        for (String id : ids) {
            mailboxes.put(id, new ArrayList<>());
            append(store, List.of(Records.created(id)));
        }
    }

    private Change append(String id, Message message) {
        List<Message> mailbox = mailboxes.computeIfAbsent(id, first -> new ArrayList<>());
        mailbox.add(message);
        return appended(id, mailbox.size(), message);
    }

    private List<Message> messages(String id) {
        return Objects.requireNonNull(mailboxes.get(id));
    }

    private static void append(JournalStore store, List<Change> record) {
        assertThat(store.append(record).toCompletableFuture()).isCompleted();
    }

    private static Message signal(String from, long seq, String to, String text) {
        return new Message.Signalled(id(from), new Source(EPOCH, seq), new Signal(Signal.Kind.MESSAGE, id(to), text));
    }

    /** The largest mailboxes are shed, as few as it takes, and named, and all others are as they were written. */
    private void check(long bound) throws IOException, InterruptedException {
        List<String> ids = List.copyOf(mailboxes.keySet());
        int shed = shed(ids, bound);
        assertThat(bound == NO_BOUND || shed > 0)
                .as("something is shed if there is a bound")
                .isTrue();
        List<String> expected = new ArrayList<>();
        IdentityHashMap<Message, Long> digests = new IdentityHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            List<Message> messages = messages(ids.get(i));
            List<Message> kept = i < shed ? List.of() : messages;
            expected.add(RecoveringProgram.line(image(ids.get(i), 0, kept), digests));
            if (i < shed) {
                expected.add(loss(ids.get(i), messages));
            }
        }
        expected.add("complete true");
        Collections.sort(expected); // both, because it takes long to compare so many in any order
        assertThat(recoverElsewhere(bound).stream().sorted().toList()).isEqualTo(expected);
    }

    /** How many of {@code ids} must go, from the first on: none if all fit, else so many that the others leave a quarter free. */
    private int shed(List<String> ids, long mailboxBytes) {
        if (cost(ids) <= mailboxBytes) {
            return 0;
        }
        long bound = mailboxBytes - mailboxBytes / 4;
        int low = 0;
        int high = ids.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (cost(ids.subList(middle, ids.size())) > bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Image image(String id, long ackedSeq, List<Message> messages) {
        return Records.image(id, 0, ackedSeq, messages.toArray(new Message[0]));
    }

    /** All of it comes from one sender, in ascending order. */
    private static String loss(String id, List<Message> messages) {
        Message.Signalled first = (Message.Signalled) messages.get(0);
        Message.Signalled last = (Message.Signalled) messages.get(messages.size() - 1);
        return "shed " + RecoveringProgram.shortened(id) + " "
                + RecoveringProgram.shortened(first.from().value()) + " "
                + first.source().epoch() + " " + messages.size() + " "
                + first.source().seq() + " " + last.source().seq();
    }

    private long cost(List<String> ids) {
        Set<Message> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        long entries = 0;
        for (String id : ids) {
            entries += messages(id).size();
            distinct.addAll(messages(id));
        }
        return entries * MailboxCost.ENTRY_BYTES
                + distinct.stream().mapToLong(Message::size).sum();
    }

    private List<String> recoverElsewhere(long bound) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecoveringProgram.class.getName(),
                        directory.toString(),
                        Long.toString(bound))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = program.inputReader(StandardCharsets.US_ASCII)) {
            List<String> lines = new ArrayList<>(output.lines().toList());
            assertThat(program.waitFor()).as("status of the process").isZero();
            System.out.println("read with a bound of " + bound + ": " + lines.remove(lines.size() - 1));
            return lines;
        }
    }
}
