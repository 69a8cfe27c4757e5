package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.byId;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tokenly.QuietLog;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** A small history, killed at every single change of a file, with and without half of a write done. */
@ExtendWith(QuietLog.class)
@Tag("slow")
class CrashTest {

    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);
    private static final int RECORDS = 150;

    /** A recovery is killed, too, after every so many steps. */
    private static final int RECOVERIES_SPARED = 7;

    @ParameterizedTest(name = "segments of {0} bytes, tears {1}")
    @CsvSource({"300, false", "300, true", "700, false", "700, true", "100000, true"})
    void whateverTheStepWhatWasAnsweredIsThere(int segmentBytes, boolean tears) {
        List<List<Change>> records = new ArrayList<>();
        List<Map<SessionId, Image>> states = new ArrayList<>();
        RandomHistory history = new RandomHistory(segmentBytes, 30);
        states.add(Map.of());
        for (int i = 0; i < RECORDS; i++) {
            records.add(history.next());
            history.model.apply(records.get(i));
            states.add(history.model.sessions());
        }
        boolean hasCrashed = true;
        int step = 0;
        while (hasCrashed) {
            FakeDisk disk = new FakeDisk();
            disk.crashAt(++step, tears);
            int answered = play(records, new JournalStore(disk, RUN, segmentBytes));
            hasCrashed = disk.hasCrashed();
            check(disk, states.subList(answered, Math.min(answered + 2, states.size())), segmentBytes, step);
        }
        assertThat(step).isGreaterThan(RECORDS);
    }

    /** Returns how many were answered with success before the first that was not. */
    private static int play(List<List<Change>> records, JournalStore store) {
        store.recover();
        int answered = 0;
        for (List<Change> record : records) {
            if (store.append(record).toCompletableFuture().isCompletedExceptionally()) {
                return answered;
            }
            answered++;
        }
        return answered;
    }

    /**
     * What is recovered is one of {@code allowed}, and complete, and so it is when that recovery is killed, at any step, and the
     * next one, too, and made again.
     */
    private static void check(FakeDisk disk, List<Map<SessionId, Image>> allowed, int segmentBytes, int step) {
        boolean hasCrashed = step % RECOVERIES_SPARED == 0;
        checkOnce(disk, allowed, segmentBytes, "killed at step " + step);
        for (int again = 1; hasCrashed; again++) {
            FakeDisk second = disk.afterKill();
            second.crashAt(again, true);
            new JournalStore(second, RUN, segmentBytes).recover();
            hasCrashed = second.hasCrashed();
            FakeDisk third = second.afterKill();
            third.crashAt(1 + (step + again) % 8, true);
            new JournalStore(third, RUN, segmentBytes).recover();
            String kills = "killed at step " + step + ", and at step " + again + " of the recovery";
            checkOnce(second, allowed, segmentBytes, kills);
            checkOnce(third, allowed, segmentBytes, kills + ", and of the next one");
        }
    }

    private static void checkOnce(
            FakeDisk disk, List<Map<SessionId, Image>> allowed, int segmentBytes, String description) {
        Store.Recovered found = new JournalStore(disk.afterKill(), RUN, segmentBytes)
                .recover()
                .toCompletableFuture()
                .join();
        assertThat(byId(found.sessions())).as(description).isIn(allowed);
        assertThat(found.isComplete()).as(description).isTrue();
    }
}
