package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.sessions;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tokenly.QuietLog;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** Files that are not as they were written. */
@ExtendWith(QuietLog.class)
class DamageTest {

    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);
    private static final int SEGMENT_BYTES = 1_200;
    private static final int RECORDS = 40;

    private final FakeDisk disk = new FakeDisk();
    private final List<Map<SessionId, Image>> states = new ArrayList<>(); // after each record
    private final RandomHistory history = new RandomHistory(1, 30);

    DamageTest() {
        JournalStore store = new JournalStore(disk, RUN, SEGMENT_BYTES);
        sessions(store);
        states.add(Map.of());
        for (int i = 0; i < RECORDS; i++) {
            List<Change> record = history.next();
            assertThat(store.append(record).toCompletableFuture()).isCompleted();
            history.model.apply(record);
            states.add(history.model.sessions());
        }
        assertThat(disk.files).containsKeys(Segment.name(1), Segment.name(3)); // nothing has been cleaned up yet
    }

    @Test
    void aFileOfALaterVersionIsNamedAsSuch() {
        ByteBuffer header = ByteBuffer.wrap(disk.bytes(Segment.name(2)));
        CRC32C check = new CRC32C();
        check.update(header.put(7, (byte) (header.get(7) + 1)).slice(0, SegmentHeader.LENGTH - Integer.BYTES));
        header.putInt(SegmentHeader.LENGTH - Integer.BYTES, (int) check.getValue());
        assertThat(failure(disk.afterKill()))
                .hasMessageContaining("a later version")
                .hasMessageContaining(Segment.name(2));
    }

    @Test
    void aFileWhoseNumberIsBeyondOursIsLeftAlone() {
        disk.files.put("9999999999.journal", new byte[3]);
        assertThat(recover(disk.afterKill())).isCompleted();
    }

    private List<String> names() {
        return disk.segments();
    }

    private String newest() {
        return names().get(names().size() - 1);
    }

    private static Throwable failure(FakeDisk disk) {
        CompletableFuture<Store.Recovered> recovered = recover(disk);
        assertThat(recovered).isCompletedExceptionally();
        return recovered
                .handle((nothing, failure) -> failure instanceof CompletionException ? failure.getCause() : failure)
                .join();
    }

    private static CompletableFuture<Store.Recovered> recover(FakeDisk disk) {
        return new JournalStore(disk, RUN, SEGMENT_BYTES).recover().toCompletableFuture();
    }

    @Test
    void whicheverBitIsFlippedItIsFoundAndNamedAndNothingIsChanged() {
        for (String name : names()) {
            for (int bit = 0; bit < disk.bytes(name).length * Byte.SIZE; bit++) {
                FakeDisk damaged = disk.afterKill();
                damaged.bytes(name)[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                FakeDisk before = damaged.afterKill();
                assertThat(failure(damaged))
                        .as("bit %d of %s", bit, name)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("/fake/" + name + " at offset ")
                        .hasMessageContaining("tokenly.store.dir");
                assertThat(damaged.files.keySet()).isEqualTo(before.files.keySet());
                assertThat(names()).allMatch(file -> Arrays.equals(damaged.bytes(file), before.bytes(file)));
                assertThat(damaged.isLocked).isFalse();
            }
        }
    }

    @Test
    void whereverTheEndIsTornWhatStandsBeforeItIsThere() {
        int recovered = 0;
        for (int length = 0; length <= disk.bytes(newest()).length; length++) {
            FakeDisk torn = disk.afterKill();
            torn.files.put(newest(), Arrays.copyOf(disk.bytes(newest()), length));
            JournalStore store = new JournalStore(torn, RUN, SEGMENT_BYTES);
            Map<SessionId, Image> state = sessions(store);
            assertThat(state).as("%d bytes of the last file", length).isIn(states);
            assertThat(states.indexOf(state)).isGreaterThanOrEqualTo(recovered);
            recovered = states.indexOf(state);

            Change created = Records.created("newcomer");
            Records.write(store, created);
            assertThat(sessions(new JournalStore(torn.afterKill(), RUN, SEGMENT_BYTES)))
                    .hasSize(state.size() + 1)
                    .containsAllEntriesOf(state);
        }
        assertThat(recovered).isEqualTo(RECORDS);
    }

    @Test
    void aFileThatIsNotTheLastIsNeverTorn() {
        for (String name : names().subList(0, names().size() - 1)) {
            int whole = disk.bytes(name).length;
            for (int length = 0; length < whole; length++) {
                FakeDisk torn = disk.afterKill();
                torn.files.put(name, Arrays.copyOf(disk.bytes(name), length));
                assertThat(failure(torn)).as("%d of %d bytes", length, whole).hasMessageContaining("/fake/" + name);
            }
        }
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        String missing = names().get(1);
        disk.files.remove(missing);
        assertThat(failure(disk.afterKill())).isInstanceOf(StoreException.class).hasMessageContaining(missing);
    }

    @Test
    void aFileUnderAnotherNameIsNamed() {
        disk.files.put(Segment.name(77), disk.bytes(newest()));
        assertThat(failure(disk.afterKill())).isInstanceOf(StoreException.class).hasMessageContaining(Segment.name(77));
    }
}
