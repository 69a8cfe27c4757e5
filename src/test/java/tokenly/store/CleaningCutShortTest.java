package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.session.Credentials;
import tokenly.session.Epoch;
import tokenly.session.Instance;
import tokenly.session.KeyHash;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;
import tokenly.tool.server.TokenlyServer;

/** A start says whether the store was being cleaned up when the process before it ended. */
class CleaningCutShortTest {

    private static final ServerRun RUN = new ServerRun("boot", Fsync.OFF);
    private static final int SEGMENT_BYTES = 4_096;
    private static final int SESSIONS = 60; // more than are cleaned in one piece

    @RegisterExtension
    private final CapturedLog log = new CapturedLog("tokenly.store");

    @Test
    void theToolsKnowItsLineInTheLog() {
        assertThat(TokenlyServer.CLEANING_CUT_SHORT).isEqualTo(JournalStore.CLEANING_CUT_SHORT);
    }

    @Test
    void aKillInTheMidstIsSaidAndOneBetweenIsNot() {
        int inTheMidst = 0;
        int between = 0;
        for (int step = 1; step < 900; step += 3) {
            FakeDisk disk = new FakeDisk();
            disk.crashAt(step, false);
            play(new JournalStore(disk, RUN, SEGMENT_BYTES));
            log.clear();
            new JournalStore(disk.afterKill(), RUN, SEGMENT_BYTES).recover();
            boolean isSaid =
                    log.lines(Level.INFO).stream().anyMatch(line -> line.startsWith(JournalStore.CLEANING_CUT_SHORT));
            inTheMidst += isSaid ? 1 : 0;
            between += isSaid ? 0 : 1;
        }
        assertThat(inTheMidst).isPositive();
        assertThat(between).isPositive();
    }

    /** Many sessions begin, and one of them is busy, so that most of the log is soon needed no more. */
    private static void play(JournalStore store) {
        store.recover();
        for (int i = 0; i < SESSIONS; i++) {
            Credentials credentials = new Credentials(new KeyHash("k".repeat(43)), new Instance("i" + i), 1);
            store.append(List.of(new Change.Created(
                    new SessionId("s" + i), new RoomId("r" + i), new Epoch("e"), credentials, Role.OPEN)));
        }
        for (int seq = 1; seq < 900; seq++) {
            store.append(List.of(new Change.Taken(new SessionId("s0"), seq)));
        }
    }
}
