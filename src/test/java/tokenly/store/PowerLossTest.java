package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tokenly.QuietLog;
import tokenly.session.EndReason;
import tokenly.session.Epoch;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/**
 * Runs of every setting one after the other on one disk, each closed, killed or cut short with its host, at any step and in
 * its recovery, too. Whatever the host has lost, the next run starts, and says so where it cannot know that all is there.
 */
@ExtendWith(QuietLog.class)
@Tag("slow")
class PowerLossTest {

    private static final int HISTORIES = 1_000;
    private static final int RUNS = 8;
    private static final int SEGMENT_BYTES = 700;

    private Random random = new Random();
    private FakeDisk disk = new FakeDisk();
    private boolean hasDiedClosing;

    /** What may be found at the next start; empty if the host may have lost something. */
    private Optional<List<Map<SessionId, Image>>> allowed = Optional.empty();

    /** What must be found if it is believed all the same: a host that stops in the midst of a close may have kept all. */
    private Optional<List<Map<SessionId, Image>>> closing = Optional.empty();

    @Test
    void everyRunStartsAndNoneBelievesWhatItCannotKnow() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            one(seed);
        }
    }

    void one(int seed) {
        random = new Random(seed);
        disk = new FakeDisk();
        allowed = Optional.of(List.of(Map.of()));
        int boot = 0;
        for (int run = 0; run < RUNS; run++) {
            boolean hasHostStopped = run("seed " + seed + ", run " + run, boot);
            boot += hasHostStopped ? 1 : 0;
        }
    }

    /** Returns whether the host has stopped at its end. */
    private boolean run(String name, int boot) {
        Fsync fsync = List.of(Fsync.values()).get(random.nextInt(Fsync.values().length));
        if (random.nextBoolean()) {
            disk.crashAt(1 + random.nextInt(100), random.nextBoolean());
        }
        JournalStore store = new JournalStore(disk, new ServerRun("boot" + boot, fsync), SEGMENT_BYTES);
        CompletableFuture<Store.Recovered> start = store.recover().toCompletableFuture();
        if (start.isCompletedExceptionally()) {
            assertThat(disk.hasCrashed()).as("%s: %s", name, start).isTrue();
            disk = disk.afterKill();
            isClosed(store);
            return false;
        }
        check(name, start.join());
        boolean isKept = play(store, start.join()) || fsync == Fsync.ALWAYS;
        boolean hasHostStopped = random.nextInt(3) == 0;
        disk = hasHostStopped ? disk.afterPowerLoss(random) : disk.afterKill();
        isClosed(store); // on the disk of before, so that its thread ends
        closing = hasDiedClosing ? allowed : Optional.empty();
        allowed = hasHostStopped && !isKept ? Optional.empty() : allowed;
        return hasHostStopped;
    }

    private void check(String name, Store.Recovered found) {
        if (allowed.isPresent()) {
            assertThat(Records.byId(found.sessions())).as(name).isIn(allowed.get());
        } else {
            boolean isBelieved = found.isComplete() && !found.sessions().isEmpty(); // of nobody all is known
            if (isBelieved && closing.isPresent()) {
                assertThat(Records.byId(found.sessions())).as(name).isIn(closing.get());
            } else {
                assertThat(isBelieved).as(name).isFalse();
            }
        }
    }

    /** Writes until it is enough, or the process dies; returns whether the store was closed in peace. */
    private boolean play(JournalStore store, Store.Recovered found) {
        hasDiedClosing = false;
        RandomHistory history = new RandomHistory(random.nextLong(), 30);
        found.sessions().forEach(history.model::adopt);
        allowed = Optional.of(List.of(history.model.sessions()));
        List<List<Change>> renewals = found.isComplete() ? List.of() : renewals(found);
        int records = random.nextInt(60);
        for (int i = 0; i < renewals.size() + records; i++) {
            List<Change> record = i < renewals.size() ? renewals.get(i) : history.next();
            Map<SessionId, Image> before = history.model.sessions();
            history.model.apply(record);
            if (store.append(record).toCompletableFuture().isCompletedExceptionally()) {
                allowed = Optional.of(List.of(before, history.model.sessions()));
                return false;
            }
            allowed = Optional.of(List.of(history.model.sessions()));
        }
        boolean closes = random.nextBoolean();
        boolean isClosed = closes && isClosed(store);
        hasDiedClosing = closes && !isClosed;
        return isClosed;
    }

    /** What the server does first with sessions that may have lost something. */
    private List<List<Change>> renewals(Store.Recovered found) {
        List<List<Change>> renewals = new ArrayList<>();
        for (Image image : found.sessions()) {
            renewals.add(List.of(
                    image.credentials() == null
                            ? new Change.Ended(image.session(), EndReason.EXPIRED)
                            : new Change.Restarted(
                                    image.session(), new Epoch("new" + random.nextInt()), image.credentials())));
        }
        return renewals;
    }

    private static boolean isClosed(JournalStore store) {
        try {
            store.close();
            return true;
        } catch (IOException died) {
            return false;
        }
    }
}
