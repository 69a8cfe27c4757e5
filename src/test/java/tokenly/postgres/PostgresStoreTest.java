package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.store.DurableStoreContract;
import tokenly.store.JournalStore;

/** The store of a shard on a real database. */
class PostgresStoreTest extends DurableStoreContract {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private static final int SHARD = 7;

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly.postgres");

    private String database = "";
    private @Nullable Node node;
    private @Nullable JournalStore last;

    @BeforeEach
    void makeDatabase() {
        database = POSTGRES.createDatabase();
    }

    private Node node() throws IOException {
        Node present = node;
        if (present == null) {
            present = new Node("http://one", POSTGRES.url(database));
            node = present;
        }
        return present;
    }

    @Override
    protected JournalStore open() throws IOException {
        JournalStore store = node().store(SHARD);
        last = store;
        return store;
    }

    @Override
    protected JournalStore reopen() throws IOException {
        closeStore();
        return open();
    }

    private void closeStore() throws IOException {
        if (last != null) {
            last.close();
        }
    }

    @AfterEach
    void close() throws IOException {
        closeStore();
        if (node != null) {
            node.close();
        }
    }

    @Test
    void aThreadThatAppendsDoesNotWaitForTheDatabase() throws Exception {
        JournalStore store = open();
        sessions(store);
        try (var held = POSTGRES.connect(database);
                var statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("SELECT 1 FROM tokenly_shard WHERE id = " + SHARD + " FOR UPDATE");
            CompletableFuture<?> answer = store.append(List.of(created("a"))).toCompletableFuture();
            assertThat(answer).isNotDone();
            held.rollback();
            answer.join();
        }
    }

    @Test
    void aRecordMayBeLargerThanASegment() throws IOException {
        JournalStore store = open();
        sessions(store);
        String large = "x".repeat(6 << 20);
        write(store, created("a"), appended("a", 1, text(large)));
        write(store, appended("a", 2, text("small")));
        assertThat(sessions(reopen()).values().iterator().next().messages())
                .containsExactly(text(large), text("small"));
    }

    @Test
    void whatIsAcknowledgedLeavesTheDatabase() throws IOException {
        JournalStore store = open();
        sessions(store);
        write(store, created("a"));
        String large = "x".repeat(1 << 18);
        for (int seq = 1; seq <= 200; seq++) {
            write(store, appended("a", seq, text(large)), trimmed("a", seq));
        }
        long bytes = Long.parseLong(POSTGRES.ask(database, "SELECT sum(octet_length(bytes)) FROM tokenly_chunk"));
        assertThat(bytes).isLessThan(24 << 20);
        assertThat(POSTGRES.ask(database, "SELECT count(DISTINCT file) FROM tokenly_chunk"))
                .isLessThan("9");
        assertThat(sessions(reopen()).values().iterator().next().messages()).isEmpty();
    }
}
