package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.session.Message;
import tokenly.session.Store.Change;
import tokenly.store.JournalStore;
import tokenly.store.Records;

/**
 * The connection is cut at each request of a history, one after the other. What was answered as written is there, once and in order; what
 * failed is not, once anything is written after it.
 */
class CutConnectionTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private static final int RECORDS = 6;
    private static final int SHARD = 5;

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly");

    private String database = "";
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        database = POSTGRES.createDatabase();
        proxy = new CuttingProxy(POSTGRES.port());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    @Test
    void aCutBeforeTheServerGetsARequestLosesNothing() throws Exception {
        cutEverywhere(true, false);
    }

    @Test
    void aCutAfterTheServerHasAnsweredDoesNothingTwice() throws Exception {
        cutEverywhere(false, false);
    }

    @Test
    void whatFailsBecauseTheServerIsAwayIsNotThereLater() throws Exception {
        cutEverywhere(true, true);
    }

    @Test
    void whatWasWrittenAndYetFailedIsUndoneByTheNextWrite() throws Exception {
        assertThat(cutEverywhere(false, true)).isPositive();
    }

    /**
     * What a run has taken.
     *
     * @param requests of the history
     * @param steps of the shard in all
     */
    private record Run(int requests, long steps) {}

    /** Returns how many writes were undone: each takes two steps more than one that was never made. */
    private int cutEverywhere(boolean isBefore, boolean staysDown) throws Exception {
        Run whole = play(Integer.MAX_VALUE, isBefore, staysDown);
        assertThat(whole.requests()).isGreaterThanOrEqualTo(3 * RECORDS);
        int undone = 0;
        for (int request = 1; request <= whole.requests(); request++) {
            Run run = play(request, isBefore, staysDown);
            undone += run.steps() > whole.steps() ? 1 : 0;
        }
        return undone;
    }

    private Run play(int cutAt, boolean isBefore, boolean staysDown) throws Exception {
        POSTGRES.sql(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        proxy.cutNever();
        String url = "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?sslmode=disable";
        Duration patience = staysDown ? Duration.ofMillis(1) : Duration.ofSeconds(10);
        Run run;
        List<Message> written = new ArrayList<>();
        try (Node node = new Node("http://one", url, patience)) {
            JournalStore store = node.store(SHARD);
            sessions(store);
            store.append(List.of(created("a"))).toCompletableFuture().join();
            proxy.cutAt(cutAt, isBefore, staysDown);
            int failures = history(store, written);
            assertThat(failures).as("cut at %d", cutAt).isEqualTo(staysDown && proxy.hasCut() ? 1 : 0);
            int requests = proxy.requests();
            proxy.comeBack();
            proxy.cutNever();
            store.append(List.of(appended("a", written.size() + 1, text("last"))))
                    .toCompletableFuture()
                    .join();
            written.add(text("last"));
            run = new Run(requests, steps());
            assertThat(node.depositions).as("cut at %d", cutAt).hasValue(0);
        }
        try (Node next = new Node("http://two", POSTGRES.url(database))) {
            JournalStore store = next.store(SHARD);
            assertThat(Records.of(sessions(store), "a").messages())
                    .as("cut at %d", cutAt)
                    .containsExactlyElementsOf(written);
            store.close();
        }
        return run;
    }

    private int history(JournalStore store, List<Message> written) {
        int failures = 0;
        for (int record = 1; record <= RECORDS; record++) {
            Message message = text("record " + record);
            Change change = appended("a", written.size() + 1, message);
            try {
                store.append(List.of(change, trimmed("a", 0)))
                        .toCompletableFuture()
                        .join();
                written.add(message);
            } catch (CompletionException failed) {
                failures++;
                proxy.comeBack();
            }
        }
        return failures;
    }

    private long steps() {
        return Long.parseLong(POSTGRES.ask(database, "SELECT pos FROM tokenly_shard WHERE id = " + SHARD));
    }
}
