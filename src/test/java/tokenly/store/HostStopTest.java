package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.ended;
import static tokenly.store.Records.restarted;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tokenly.QuietLog;
import tokenly.session.Role;
import tokenly.session.Store;

/** What is said, and believed, after the host and not only the process has stopped. */
@ExtendWith(QuietLog.class)
class HostStopTest {

    private static final int SEGMENT_BYTES = 1_000;

    private FakeDisk disk = new FakeDisk();
    private JournalStore store = new JournalStore(disk, new ServerRun("one", Fsync.OFF), SEGMENT_BYTES);

    private Store.Recovered start(String boot, Fsync fsync) {
        store = new JournalStore(disk, new ServerRun(boot, fsync), SEGMENT_BYTES);
        return store.recover().toCompletableFuture().join();
    }

    private void kill() {
        disk = disk.afterKill();
    }

    @ParameterizedTest
    @CsvSource({
        "one, OFF, false, one, true",
        "one, OFF, false, two, false",
        "one, OFF, true, two, true",
        "one, INTERVAL, false, one, true",
        "one, INTERVAL, false, two, false",
        "one, INTERVAL, true, two, true",
        "one, ALWAYS, false, two, true",
        "'', OFF, false, '', false",
        "'', OFF, true, '', true",
        "'', ALWAYS, false, '', true",
    })
    void isCompleteIsSaidOnlyOfWhatCanBeShown(
            String boot, Fsync fsync, boolean isClosed, String nextBoot, boolean isComplete) throws IOException {
        assertThat(start(boot, fsync).isComplete()).isTrue();
        write(store, created("a"));
        if (isClosed) {
            store.close();
        }
        kill();
        assertThat(start(nextBoot, Fsync.OFF).isComplete()).isEqualTo(isComplete);
        store.close();
    }

    @Test
    void aRunThatWroteNothingStillCounts() throws IOException {
        start("one", Fsync.OFF);
        store.close();
        start("one", Fsync.OFF);
        disk = disk.afterPowerLoss();
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
    }

    @Test
    void whatMayHaveLostSomethingStaysSuspectUntilItBeginsAnew() throws IOException {
        start("one", Fsync.OFF);
        write(store, created("a"), created("b"));
        kill();
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
        write(store, created("c"), restarted("a", "second"));
        for (int seq = 1; seq <= 500; seq++) { // so long that every file of before is cleaned away
            write(store, appended("a", seq, text("")), trimmed("a", seq), taken("b", seq));
        }
        kill();
        assertThat(disk.files).doesNotContainKey(Segment.name(2));
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
        write(store, ended("b"));
        store.close();
        assertThat(start("two", Fsync.OFF).isComplete()).isTrue();
    }

    @Test
    void aPlainSessionIsNeverSuspect() {
        start("one", Fsync.OFF);
        write(store, new Store.Change.Created(Records.id("a"), Records.ROOM, Records.EPOCH, null, Role.OPEN));
        kill();
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
        kill();
        assertThat(start("two", Fsync.OFF).isComplete()).isTrue();
    }

    @Test
    void theRemainsOfABatchThatNobodyWasToldOfAreCutOff() throws IOException {
        ServerRun run = new ServerRun("one", Fsync.ALWAYS);
        writeBatch(run, Entry.of(List.of(created("a"))));
        writeBatch(run, Entry.of(List.of(created("b"))), Entry.of(List.of(created("c"))));
        flip(newest(), SegmentHeader.LENGTH + 20); // of the first of the two, which one force was to cover

        Store.Recovered recovered = start("two", Fsync.ALWAYS);
        assertThat(Records.byId(recovered.sessions())).containsOnlyKeys(Records.id("a"));
        assertThat(recovered.isComplete()).isTrue();
    }

    @Test
    void damageBeforeABatchThatWasForcedIsNamed() throws IOException {
        start("one", Fsync.ALWAYS);
        write(store, created("a"));
        write(store, created("b"));
        flip(newest(), SegmentHeader.LENGTH + 20);
        kill();
        assertThatThrownBy(() -> start("two", Fsync.ALWAYS)).hasMessageContaining("at offset " + SegmentHeader.LENGTH);
    }

    private void writeBatch(ServerRun run, Entry... entries) throws IOException {
        Recovery recovery = new Recovery(disk, run, Long.MAX_VALUE);
        recovery.read();
        RecordBatch batch = new RecordBatch();
        List.of(entries).forEach(batch::add);
        recovery.goOn(SEGMENT_BYTES).write(batch);
    }

    @Test
    void aHoleInTheNewestFileEndsALogThatIsForcedInIntervals() {
        start("one", Fsync.INTERVAL);
        write(store, created("a"));
        write(store, created("b"));
        write(store, created("c"));
        int second = SegmentHeader.LENGTH + (disk.bytes(newest()).length - SegmentHeader.LENGTH) / 3;
        flip(newest(), second + 20);
        kill();
        Store.Recovered recovered = start("two", Fsync.INTERVAL);
        assertThat(Records.byId(recovered.sessions())).containsOnlyKeys(Records.id("a"));
        assertThat(recovered.isComplete()).isFalse();
    }

    @Test
    void aHoleInAnOlderFileIsDamageIfThatWasForced() {
        start("one", Fsync.INTERVAL);
        fill(4);
        flip(Segment.name(2), SegmentHeader.LENGTH + 20);
        kill();
        assertThatThrownBy(() -> start("two", Fsync.INTERVAL)).hasMessageContaining(Segment.name(2));
    }

    @Test
    void aLogThatWasNeverForcedEndsAtItsFirstHole() throws IOException {
        start("one", Fsync.OFF);
        fill(4);
        flip(Segment.name(2), SegmentHeader.LENGTH + 20);
        kill();
        Store.Recovered recovered = start("two", Fsync.OFF);
        assertThat(recovered.isComplete()).isFalse();
        assertThat(recovered.sessions()).hasSize(1);
        assertThat(disk.segments()).containsExactly(Segment.name(1), Segment.name(2), Segment.name(3));
        assertGoesOn(ended("a"), created("b"));
    }

    @Test
    void aLogThatWasNeverForcedMayHaveLostAWholeFile() {
        start("one", Fsync.OFF);
        fill(4);
        kill();
        disk.files.remove(Segment.name(1));
        disk.files.remove(Segment.name(3));
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
    }

    @Test
    void aFileMissingFromALogThatWasNeverForcedIsMissingOnlyOnce() throws IOException {
        start("one", Fsync.OFF);
        fill(4);
        kill();
        disk.files.remove(Segment.name(2));
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
        assertThat(disk.files).doesNotContainKey(Segment.name(1));
        assertGoesOn(created("b"));
    }

    @Test
    void aMissingFileIsNotMadeGoodByAGoodEnd() throws IOException {
        start("one", Fsync.OFF);
        fill(3);
        write(store, created("c"));
        store.close();
        kill();
        disk.files.remove(Segment.name(2));
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2, 4", "3, 3", "3, 4", "4, 4"})
    void filesWithoutABeginningEndALogThatWasNeverForced(int first, int last) throws IOException {
        start("one", Fsync.OFF);
        fill(4);
        kill();
        for (int number = first; number <= last; number++) {
            disk.files.put(Segment.name(number), new byte[0]);
        }
        Store.Recovered recovered = start("two", Fsync.OFF);
        assertThat(recovered.isComplete()).isFalse();
        assertThat(recovered.sessions()).hasSize(1);
        assertGoesOn(ended("a"), created("b"));
    }

    @Test
    void aFileWithoutABeginningIsDamageWhereFilesWereForced() {
        start("one", Fsync.INTERVAL);
        fill(4);
        kill();
        disk.files.put(Segment.name(3), new byte[0]);
        assertThatThrownBy(() -> start("two", Fsync.INTERVAL)).hasMessageContaining(Segment.name(3));
    }

    @ParameterizedTest
    @CsvSource({"OFF, ALWAYS", "INTERVAL, ALWAYS", "INTERVAL, INTERVAL", "OFF, INTERVAL"})
    void whatAKilledRunDidNotForceTheNextOneDoes(Fsync first, Fsync next) {
        start("one", first);
        write(store, created("a"));
        disk.isLocked = false; // killed, on a host that goes on
        start("one", next);
        disk = disk.afterPowerLoss();
        Store.Recovered recovered = start("two", next);
        assertThat(Records.byId(recovered.sessions())).containsOnlyKeys(Records.id("a"));
        assertThat(recovered.isComplete()).isEqualTo(next == Fsync.ALWAYS);
    }

    @Test
    void aMessageThatIsMissingFromASuspectSessionStopsNoLaterStart() {
        start("one", Fsync.OFF);
        write(store, created("a"), created("z"));
        write(store, appended("a", 1, text("lost")));
        for (int seq = 1; disk.files.containsKey(Segment.name(1)); seq++) { // until there is only a copy of it
            if (seq == 10) {
                write(store, appended("a", 2, text("kept")));
            }
            write(store, appended("z", seq, text("x".repeat(40))), trimmed("z", seq));
        }
        kill();
        flipIn("lost");
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
        kill();
        assertThat(start("two", Fsync.OFF).isComplete()).isFalse();
    }

    /** Flips a bit of {@code text} wherever it stands. */
    private void flipIn(String text) {
        for (byte[] bytes : disk.files.values()) {
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
            if (at >= 0) {
                bytes[at] ^= 1;
            }
        }
    }

    @Test
    void aFlippedBitInAFileOfAnEarlierBootIsDamage() throws IOException {
        start("one", Fsync.ALWAYS);
        fill(4);
        store.close();
        start("two", Fsync.OFF);
        write(store, created("b"));
        kill();
        flip(Segment.name(1), SegmentHeader.LENGTH + 20);
        assertThatThrownBy(() -> start("three", Fsync.OFF)).hasMessageContaining(Segment.name(1));
    }

    @Test
    void whateverWasClosedInPeaceIsOnTheMedium() throws IOException {
        start("one", Fsync.OFF);
        fill(4);
        store.close();
        disk = disk.afterPowerLoss();
        Store.Recovered recovered = start("two", Fsync.OFF);
        assertThat(recovered.isComplete()).isTrue();
        assertThat(recovered.sessions())
                .singleElement()
                .satisfies(image -> assertThat(image.messages()).hasSizeGreaterThan(10));
    }

    /** Writes {@code changes}, after which there is b alone, and nothing else at the next start. */
    private void assertGoesOn(Store.Change... changes) throws IOException {
        write(store, changes);
        store.close();
        assertThat(start("two", Fsync.OFF).sessions())
                .extracting(Store.Image::session)
                .containsExactly(Records.id("b"));
    }

    /** Writes one session with messages into so many files. */
    private void fill(int files) {
        write(store, created("a"));
        for (int seq = 1; disk.segments().size() < files; seq++) {
            write(store, appended("a", seq, text("x".repeat(100))));
        }
    }

    private String newest() {
        return disk.segments().get(disk.segments().size() - 1);
    }

    private void flip(String name, int offset) {
        disk.bytes(name)[offset] ^= 1;
    }
}
