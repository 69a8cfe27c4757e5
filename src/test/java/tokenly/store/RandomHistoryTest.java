package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.byId;
import static tokenly.store.Records.sessions;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.QuietLog;
import tokenly.session.Store;
import tokenly.session.Store.Change;

/** Long random histories, with kills, closes, full disks and cleaning all the time, against the plainest model. */
@ExtendWith(QuietLog.class)
class RandomHistoryTest {

    private static final int RECORDS = 4_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void itIsWhatTheModelSays(long seed) throws IOException {
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(seed, 100);
        ServerRun run = new ServerRun("boot", seed % 2 == 0 ? Fsync.OFF : Fsync.ALWAYS);
        int segmentBytes = 512 << random.nextInt(4);
        FakeDisk disk = new FakeDisk();
        JournalStore store = new JournalStore(disk, run, segmentBytes);
        assertThat(sessions(store)).isEmpty();
        int refused = 0;
        for (int i = 0; i < RECORDS; i++) {
            List<Change> record = history.next();
            if (store.append(record).toCompletableFuture().isCompletedExceptionally()) {
                refused++;
            } else {
                history.model.apply(record);
            }
            disk.room = random.nextInt(50) == 0 ? random.nextInt(200) : disk.room < 1_000 ? 2_000 : Long.MAX_VALUE / 2;
            disk.truncates = random.nextInt(4) != 0;
            if (random.nextInt(200) == 0) {
                disk.room = Long.MAX_VALUE / 2;
                disk.truncates = true;
                if (random.nextBoolean()) {
                    store.close();
                }
                disk = disk.afterKill();
                store = new JournalStore(disk, run, segmentBytes);
                assertThat(sessions(store)).as("record %d", i).isEqualTo(history.model.sessions());
            }
        }
        assertThat(sessions(new JournalStore(disk.afterKill(), run, segmentBytes)))
                .isEqualTo(history.model.sessions());
        assertThat(refused).as("records that a full disk refused").isBetween(5, RECORDS / 10);
        long live =
                disk.files.values().stream().mapToLong(bytes -> bytes.length).sum();
        assertThat(live).as("bytes on the disk").isLessThan(40L * segmentBytes + 200_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsAlwaysForcedOutlivesTheHost(long seed) {
        Random random = new Random(seed);
        RandomHistory history = new RandomHistory(seed, 100);
        FakeDisk disk = new FakeDisk();
        int boot = 0;
        JournalStore store = new JournalStore(disk, new ServerRun("boot 0", Fsync.ALWAYS), 1_024);
        sessions(store);
        for (int i = 0; i < RECORDS / 4; i++) {
            List<Change> record = history.next();
            store.append(record).toCompletableFuture().join();
            history.model.apply(record);
            if (random.nextInt(50) == 0) {
                boot++;
                disk = disk.afterPowerLoss();
                store = new JournalStore(disk, new ServerRun("boot " + boot, Fsync.ALWAYS), 1_024);
                Store.Recovered recovered =
                        store.recover().toCompletableFuture().join();
                assertThat(byId(recovered.sessions())).isEqualTo(history.model.sessions());
                assertThat(recovered.isComplete()).isTrue();
            }
        }
        assertThat(boot).isPositive();
    }
}
