package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.credentials;
import static tokenly.store.Records.id;
import static tokenly.store.Records.image;
import static tokenly.store.Records.overflowed;
import static tokenly.store.Records.restarted;
import static tokenly.store.Records.signal;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.trimmed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.session.EndReason;
import tokenly.session.Incarnation;
import tokenly.session.Message;
import tokenly.session.ResetReason;
import tokenly.session.Role;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.session.Store.Change;

class EntryCodecTest {

    private static final int FRAME = LogFormat.FRAME_BYTES;

    private static byte[] encoded(Entry entry) {
        RecordBatch batch = new RecordBatch();
        batch.add(entry);
        ByteBuffer bytes = batch.bytes();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static Entry decoded(byte[] record) {
        return new EntryDecoder().decode(record, FRAME, record.length);
    }

    @Test
    void idsOfLongAgoAreForgotten() {
        EntryDecoder decoder = new EntryDecoder();
        SessionId first = decodedId(decoder, "a");
        assertThat(decodedId(decoder, "a")).isSameAs(first);
        for (int i = 0; i < 1 << 16; i++) {
            decodedId(decoder, "id" + i);
        }
        assertThat(decodedId(decoder, "a")).isEqualTo(first).isNotSameAs(first);
    }

    private static SessionId decodedId(EntryDecoder decoder, String id) {
        byte[] record = encoded(Entry.of(List.of(taken(id, 1))));
        return decoder.decode(record, FRAME, record.length).changes().get(0).session();
    }

    @Test
    void whateverIsWrittenIsReadAgain() {
        List<Change> changes = new ArrayList<>(List.of(
                created("a"),
                new Change.Created(id("b"), Records.ROOM, Records.EPOCH, null, Role.OPEN),
                new Change.Created(id("b"), Records.ROOM, Records.EPOCH, null, new Role("\u00e4", false, true)),
                new Change.Created(id("b"), Records.ROOM, Records.EPOCH, credentials(1), new Role(null, true, false)),
                new Change.Resumed(id("a"), credentials(Long.MAX_VALUE)),
                restarted("a", "second"),
                taken("a", (1L << 53) - 1),
                trimmed("a", 128),
                overflowed("b")));
        List<Message> messages = new ArrayList<>(List.of(
                signal("a", 1, "\u00e4\u20ac\ud83d\ude00"),
                new Message.Signalled(id("b"), new Source(Records.EPOCH, 2), new Signal(Signal.Kind.OFFER, null, "")),
                new Message.PeerJoined(id("c"), new Incarnation("i")),
                new Message.PeerAway(id("c"), new Incarnation("i")),
                new Message.PeerBack(id("c"), new Incarnation("i"))));
        LogFormat.SIGNALS.forEach(kind -> messages.add(
                new Message.Signalled(id("b"), new Source(Records.EPOCH, 3), new Signal(kind, id("c"), "x"))));
        LogFormat.RESET_REASONS.forEach(
                reason -> messages.add(new Message.PeerRestarted(id("c"), new Incarnation("i"), reason)));
        LogFormat.END_REASONS.forEach(reason -> messages.add(new Message.PeerLeft(id("c"), reason)));
        LogFormat.END_REASONS.forEach(reason -> changes.add(new Change.Ended(id("c"), reason)));
        LogFormat.UNDELIVERABLE_REASONS.forEach(
                reason -> messages.add(new Message.Undeliverable(id("c"), List.of(1L, 300L), reason)));
        messages.add(new Message.Undeliverable(null, List.of(7L), Message.UndeliverableReason.NOT_ALLOWED));
        messages.forEach(message -> changes.add(appended("a", changes.size(), message)));
        Entry entry = new Entry(
                List.of(
                        new Entry.Snapshot(image("a", 3, 4), true),
                        new Entry.Snapshot(image("b", 0, 0), false),
                        new Entry.Snapshot(Records.image("c", new Role("owner", true, true)), true)),
                changes);

        assertThat(decoded(encoded(entry))).isEqualTo(entry);
    }

    @Test
    void everyChoiceOfTheModelHasANumber() {
        assertThat(LogFormat.END_REASONS).containsExactlyInAnyOrder(EndReason.values());
        assertThat(LogFormat.RESET_REASONS).containsExactlyInAnyOrder(ResetReason.values());
        assertThat(LogFormat.UNDELIVERABLE_REASONS).containsExactlyInAnyOrder(Message.UndeliverableReason.values());
        assertThat(LogFormat.SIGNALS).containsExactlyInAnyOrder(Signal.Kind.values());
        assertThat(LogFormat.FSYNCS).containsExactlyInAnyOrder(Fsync.values());
    }

    /** Logs of an older server must be read by every newer one: if this fails, the format needs another version. */
    @Test
    void theFormatStaysWhatItIs() {
        Entry entry = Entry.of(List.of(taken("a", 1), appended("b", 300, signal("a", 1, "x"))));
        String expected = "800000261cdbebce" + "41fcb640" // length and that it begins a batch, two checks
                + "00" + "02" // no snapshots, two changes
                + "04" + "000161" + "01" // taken, a new id of 1 byte, 1
                + "05" + "000162" + "ac02" // appended, a new id, 300
                + "00" // a message not seen yet
                + "01" + "01" + "00056669727374" + "01" // signalled, the first id, a new one, 1
                + "03" + "01" + "0008736f6d65626f6479" + "0178"; // message, to, a new id, text
        assertThat(HexFormat.of().formatHex(encoded(entry))).isEqualTo(expected);
    }

    @Test
    void theFormatOfARoleStaysWhatItIs() {
        Change created = new Change.Created(id("a"), Records.ROOM, Records.EPOCH, null, new Role("me", true, false));
        Message refused = new Message.Undeliverable(null, List.of(2L), Message.UndeliverableReason.NOT_ALLOWED);
        String expected = "00" + "02" // no snapshots, two changes
                + "09" + "000161" + "0004726f6f6d" + "00056669727374" + "00" // created, three new ids, no credentials
                + "03" + "00026d65" // has an owner and is hidden, a new id
                + "05" + "01" + "01" + "00" // appended, the first id, 1, a message not seen yet
                + "0c" + "01" + "02" + "07"; // undeliverable to all, one number, not allowed
        String bytes = HexFormat.of().formatHex(encoded(Entry.of(List.of(created, appended("a", 1, refused)))));
        assertThat(bytes.substring(2 * FRAME)).isEqualTo(expected);
    }

    @Test
    void aMessageToManyIsWrittenOnce() {
        Message message = signal("a", 1, "x".repeat(10_000));
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            changes.add(appended("receiver" + i, 1, message));
            changes.add(appended("sender", i + 1, new Message.PeerAway(id("receiver" + i), new Incarnation("i"))));
        }
        byte[] bytes = encoded(Entry.of(changes));
        assertThat(bytes).hasSizeLessThan(20_000);
        List<Change> read = decoded(bytes).changes();
        assertThat(read).isEqualTo(changes);
        assertThat(((Change.Appended) read.get(2)).message()).isSameAs(((Change.Appended) read.get(0)).message());
    }

    @Test
    void whatCannotBeEncodedChangesNothing() {
        RecordBatch batch = new RecordBatch();
        batch.add(Entry.of(List.of(taken("a", 1))));
        int length = batch.length();
        List<Change> broken = Arrays.asList(taken("a", 2), null);
        assertThatThrownBy(() -> batch.add(Entry.of(broken))).isInstanceOf(RuntimeException.class);
        assertThat(batch.length()).isEqualTo(length);
        assertThat(batch.offsets().size()).isEqualTo(2);
        assertThat(batch.entries()).hasSize(1);
    }

    @Test
    void bytesThatMeanNothingAreNoEntry() {
        byte[] record = encoded(Entry.of(List.of(created("a"), appended("a", 1, signal("b", 1, "x")))));
        for (int i = FRAME; i < record.length - 1; i++) {
            byte[] cut = Arrays.copyOf(record, i);
            assertThatThrownBy(() -> decoded(cut)).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> decoded(Arrays.copyOf(record, record.length + 1)))
                .isInstanceOf(RuntimeException.class);
    }
}
