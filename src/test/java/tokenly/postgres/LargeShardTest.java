package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.text;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.session.Store;
import tokenly.session.Store.Change;
import tokenly.store.JournalStore;

/** A shard with 10,000 sessions and 100,000 messages: prints how long it takes to write and to recover. */
class LargeShardTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private static final int SESSIONS = 10_000;
    private static final int MESSAGES = 10; // of each
    private static final int TOGETHER = 2_000; // records that wait at a time

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly");

    @Test
    @Timeout(60)
    void itIsRecovered() throws Exception {
        String database = POSTGRES.createDatabase();
        try (Node node = new Node("http://one", POSTGRES.url(database))) {
            JournalStore store = node.store(0);
            store.recover().toCompletableFuture().join();
            long start = System.nanoTime();
            fill(store);
            System.out.printf(
                    "%d sessions and %d messages: written in %d ms, in %s chunks%n",
                    SESSIONS, SESSIONS * MESSAGES, millis(start), chunks(database));
            // without a close, as after a kill
            long recovery = System.nanoTime();
            JournalStore next = node.store(0);
            Store.Recovered recovered = next.recover().toCompletableFuture().join();
            System.out.printf("recovered in %d ms%n", millis(recovery));
            assertThat(recovered.isComplete()).isTrue();
            assertThat(recovered.sessions()).hasSize(SESSIONS);
            assertThat(recovered.sessions()).allMatch(image -> image.messages().size() == MESSAGES);
            next.close();
        }
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    private static String chunks(String database) {
        return POSTGRES.ask(database, "SELECT count(*) FROM tokenly_chunk");
    }

    private static void fill(Store store) {
        List<CompletableFuture<?>> written = new ArrayList<>();
        for (int session = 0; session < SESSIONS; session++) {
            List<Change> changes = new ArrayList<>(List.of(created("session " + session)));
            for (int seq = 1; seq <= MESSAGES; seq++) {
                changes.add(appended("session " + session, seq, text("message " + seq + "x".repeat(100))));
            }
            for (Change change : changes) {
                written.add(store.append(List.of(change)).toCompletableFuture());
            }
            if (written.size() > TOGETHER) {
                written.forEach(CompletableFuture::join);
                written.clear();
            }
        }
        written.forEach(CompletableFuture::join);
    }
}
