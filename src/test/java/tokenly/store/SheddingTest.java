package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.EPOCH;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.byId;
import static tokenly.store.Records.created;
import static tokenly.store.Records.id;
import static tokenly.store.Records.overflowed;
import static tokenly.store.Records.restarted;
import static tokenly.store.Records.signal;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;
import static tokenly.store.Records.write;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.CapturedLog;
import tokenly.session.Incarnation;
import tokenly.session.MailboxCost;
import tokenly.session.Message;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.Store.Image;
import tokenly.session.Store.Loss;

/** Mailboxes that are larger together than a start is allowed to make them. */
class SheddingTest {

    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);
    private static final int SEGMENT_BYTES = 1_000;

    /** So many have senders that these are not named. */
    private static final int TOO_MANY = -1;

    /** A message without a text in one mailbox, in bytes. */
    private static final long EACH = MailboxCost.ENTRY_BYTES + Message.OVERHEAD_BYTES;

    @RegisterExtension
    private final CapturedLog log = new CapturedLog("tokenly.store");

    private FakeDisk disk = new FakeDisk();
    private JournalStore store = new JournalStore(disk, RUN, SEGMENT_BYTES);

    private Store.Recovered start(long mailboxBytes) {
        disk = disk.afterKill();
        store = new JournalStore(disk, RUN, SEGMENT_BYTES);
        return store.recover(mailboxBytes).toCompletableFuture().join();
    }

    private static long cost(int entries) {
        return entries * EACH;
    }

    /** a has 10 messages of x with gaps between them, 200 of w, one that is no signal and 20 of y; b has those of y, too. */
    private void fill() {
        start(Long.MAX_VALUE);
        write(store, created("a"), created("b"), created("c"));
        for (int seq = 1; seq <= 10; seq++) {
            write(store, appended("a", seq, signal("x", 2L * seq, "")));
        }
        for (int seq = 1; seq <= 200; seq++) {
            write(store, appended("a", seq + 10, signal("w", seq, "")));
        }
        write(store, appended("a", 211, new Message.PeerJoined(id("z"), new Incarnation("i"))));
        for (int seq = 1; seq <= 20; seq++) {
            Message broadcast = signal("y", seq, "");
            write(store, appended("b", seq, broadcast), appended("a", seq + 211, broadcast));
        }
    }

    @ParameterizedTest(name = "at most {0} bytes")
    @ValueSource(
            longs = {EACH * 20 * 4 / 3, 10_000, EACH * 231 + 20 * 32 - 1
            }) // the entries of a are too many, its messages are, one byte is
    void theLargestIsShedAndNamedAndAllElseIsWhole(long bound) {
        fill();
        Store.Recovered found = start(bound);
        assertThat(found.isComplete()).isTrue();
        assertThat(found.shed()).containsOnlyKeys(id("a"));
        assertThat(found.shed().get(id("a")))
                .containsExactlyInAnyOrder(
                        new Loss(id("x"), EPOCH, evenNumbers(10)),
                        new Loss(id("w"), EPOCH, numbers(200)),
                        new Loss(id("y"), EPOCH, numbers(20)));
        Map<SessionId, Image> sessions = byId(found.sessions());
        assertThat(Records.of(sessions, "a")).isEqualTo(Records.image("a", 0, 0));
        assertThat(Records.of(sessions, "b").messages())
                .isEqualTo(numbers(20).stream().map(seq -> signal("y", seq, "")).toList());
        assertThat(log.lines(Level.WARNING))
                .singleElement()
                .asString()
                .contains("1 of them", "with 231 messages", "the senders are told", "tokenly.mailboxes.bytes", "heap");
    }

    private static List<Long> numbers(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static List<Long> evenNumbers(int count) {
        return numbers(count).stream().map(number -> number * 2).toList();
    }

    @Test
    void whatJustFitsStays() {
        fill();
        assertThat(start(EACH * 231 + 20 * 32).shed()).isEmpty();
        assertThat(log.lines(Level.WARNING)).isEmpty();
    }

    /** a has 10 messages, b 9, c 8, d 7. */
    @Test
    void onceSomethingIsShedAQuarterIsLeftFree() {
        start(Long.MAX_VALUE);
        List<String> ids = List.of("a", "b", "c", "d");
        for (int i = 0; i < ids.size(); i++) {
            write(store, created(ids.get(i)));
            for (int seq = 1; seq <= 10 - i; seq++) {
                write(store, appended(ids.get(i), seq, text("")));
            }
        }
        assertThat(start(cost(34)).shed()).isEmpty();
        assertThat(start(cost(32)).shed()).containsOnlyKeys(id("a"));
        assertThat(start(cost(32) - 4).shed()).containsOnlyKeys(id("a"), id("b"));
    }

    @Test
    void whatIsTooMuchToNameMakesAllBeginAnew() {
        start(Long.MAX_VALUE);
        write(store, created("a"), created("b"));
        for (int seq = 1; seq <= 30; seq++) {
            write(store, appended("a", seq, signal("s" + seq, 1, "")));
        }
        write(store, appended("b", 1, text("")));
        assertThat(start(30 * 190 * 4).shed()).as("all fits").isEmpty();
        for (int i = 0; i < 3; i++) {
            log.clear();
            Store.Recovered found = start(3_000);
            assertThat(found.isComplete()).isFalse();
            assertThat(found.shed()).isEmpty();
            assertThat(byId(found.sessions())).containsOnlyKeys(id("a"), id("b"));
            assertThat(log.lines(Level.WARNING))
                    .singleElement()
                    .asString()
                    .contains("1 of them", "with 30 messages", "store-went-back", "tokenly.mailboxes.bytes", "heap");
        }
        write(store, restarted("a", "second"), restarted("b", "second"));
        assertThat(start(3_000).isComplete()).isTrue();
    }

    @ParameterizedTest(name = "{0} bytes to name {1} senders")
    @CsvSource({"760, 4, true", "759, 4, false"})
    void namingMayTakeAQuarter(long quarter, int senders, boolean isNamed) {
        start(Long.MAX_VALUE);
        write(store, created("a"));
        for (int seq = 1; seq <= 40; seq++) {
            write(store, appended("a", seq, signal("s" + seq % senders, 1 + seq / senders, "")));
        }
        Store.Recovered found = start(quarter * 4);
        assertThat(found.isComplete()).isEqualTo(isNamed);
        assertThat(found.shed().keySet()).isEqualTo(isNamed ? Set.of(id("a")) : Set.of());
    }

    @ParameterizedTest(name = "at most {0} bytes")
    @ValueSource(longs = {EACH * 20 * 4 / 3, 10_000})
    void aKillBeforeItIsWrittenRepeatsTheStart(long bound) {
        fill();
        Store.Recovered first = start(bound);
        for (int i = 0; i < 3; i++) {
            Store.Recovered again = start(bound);
            assertThat(byId(again.sessions())).isEqualTo(byId(first.sessions()));
            assertThat(again.shed().keySet()).isEqualTo(first.shed().keySet());
        }
        Store.Recovered all = start(Long.MAX_VALUE);
        assertThat(Records.of(byId(all.sessions()), "a").messages()).hasSize(231);
        assertThat(all.shed()).isEmpty();
    }

    @ParameterizedTest(name = "at most {0} bytes")
    @ValueSource(longs = {EACH * 20 * 4 / 3, 10_000})
    void onceItIsWrittenItIsDoneWith(long bound) {
        fill();
        String first = disk.segments().get(0);
        for (SessionId shed : start(bound).shed().keySet()) {
            write(store, overflowed(shed.value()));
        }
        write(store, Records.ended("a"), Records.ended("b"), Records.ended("c"));
        assertThat(disk.segments()).doesNotContain(first).hasSizeLessThan(3);
        Store.Recovered next = start(bound);
        assertThat(next.shed()).isEmpty();
        assertThat(next.sessions()).isEmpty();
    }

    @Test
    void whatWasDoneWithBeforeTheEndIsNotShed() {
        start(Long.MAX_VALUE);
        write(store, created("a"), created("b"));
        for (int seq = 1; seq <= 100; seq++) {
            write(store, appended("a", seq, text("")));
            write(store, appended("b", seq, text("")));
        }
        write(store, trimmed("a", 100), trimmed("b", 100));
        write(store, appended("a", 101, text("last")));
        Store.Recovered found = start(cost(2));
        assertThat(found.shed()).isEmpty();
        assertThat(byId(found.sessions())).containsEntry(id("a"), Records.image("a", 0, 100, text("last")));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsNotWholeIsNamedWhateverTheHistory(long seed) {
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(seed, 100);
        start(Long.MAX_VALUE);
        int shed = 0;
        int unnamed = 0;
        for (int i = 1; i <= 3_000; i++) {
            List<Store.Change> record = history.next();
            assertThat(store.append(record).toCompletableFuture()).isCompleted();
            history.model.apply(record);
            if (i % 100 == 0) {
                FakeDisk now = disk;
                JournalStore running = store;
                Map<SessionId, Image> written = history.model.sessions();
                int entries = written.values().stream()
                        .mapToInt(image -> image.messages().size())
                        .sum();
                int found = check(written, cost(entries) * random.nextInt(100) / 100);
                shed += Math.max(0, found);
                unnamed += found == TOO_MANY ? 1 : 0;
                disk = now;
                store = running;
            }
        }
        assertThat(shed + unnamed).isPositive();
    }

    /** Returns how many are shed, or {@link #TOO_MANY}. */
    private int check(Map<SessionId, Image> written, long bound) {
        Store.Recovered found = start(bound);
        Map<SessionId, Image> sessions = byId(found.sessions());
        assertThat(sessions.keySet()).isEqualTo(written.keySet());
        if (!found.isComplete()) {
            assertThat(found.shed()).isEmpty();
            return TOO_MANY;
        }
        written.forEach((id, image) -> {
            if (found.shed().containsKey(id)) {
                assertThat(sessions.get(id)).isEqualTo(withoutMessages(image));
                assertThat(byName(found.shed().get(id))).isEqualTo(signals(image));
            } else {
                assertThat(sessions.get(id)).isEqualTo(image);
            }
        });
        return found.shed().size();
    }

    private static Image withoutMessages(Image image) {
        return new Image(
                image.session(),
                image.room(),
                image.epoch(),
                image.credentials(),
                image.role(),
                image.acceptedSeq(),
                image.ackedSeq(),
                List.of(),
                false);
    }

    private static Map<String, List<Long>> byName(List<Loss> losses) {
        Map<String, List<Long>> seqs = new TreeMap<>();
        losses.forEach(loss -> assertThat(seqs.put(loss.from() + " " + loss.epoch(), loss.seqs()))
                .isNull());
        return seqs;
    }

    private static Map<String, List<Long>> signals(Image image) {
        Map<String, TreeSet<Long>> seqs = new TreeMap<>();
        for (Message message : image.messages()) {
            if (message instanceof Message.Signalled signal) {
                seqs.computeIfAbsent(signal.from() + " " + signal.source().epoch(), key -> new TreeSet<>())
                        .add(signal.source().seq());
            }
        }
        Map<String, List<Long>> lists = new TreeMap<>();
        seqs.forEach((sender, numbers) -> lists.put(sender, List.copyOf(numbers)));
        return lists;
    }

    @Test
    void idsAndMessagesAreHeldOnce() {
        start(Long.MAX_VALUE);
        write(store, created("a"), created("b"), created("y"));
        Message broadcast = signal("y", 1, "text");
        write(store, appended("a", 1, broadcast), appended("b", 1, broadcast));
        write(store, appended("a", 2, new Message.PeerAway(id("y"), new Incarnation("i"))));
        Map<SessionId, Image> sessions = byId(start(Long.MAX_VALUE).sessions());
        Message.Signalled read =
                (Message.Signalled) Records.of(sessions, "a").messages().get(0);
        assertThat(read).isSameAs(Records.of(sessions, "b").messages().get(0));
        Image sender = Records.of(sessions, "y");
        assertThat(read.from()).isSameAs(sender.session());
        assertThat(read.source().epoch()).isSameAs(sender.epoch());
        Message.PeerAway away =
                (Message.PeerAway) Records.of(sessions, "a").messages().get(1);
        assertThat(away.peer()).isSameAs(sender.session());
    }
}
