package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.store.StoreException;

/** The tables, and what the operator is told when the database is not as it must be. */
class SchemaTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly.postgres");

    private String database = "";

    @BeforeEach
    void makeDatabase() {
        database = POSTGRES.createDatabase();
    }

    private static void open(String url, @Nullable String user, @Nullable String password) throws IOException {
        PostgresOwnership.open(new DatabaseAddress(url, user, password), "http://one", InstantSource.system())
                .close();
    }

    private void open() throws IOException {
        open(POSTGRES.url(database), "postgres", "");
    }

    @Test
    void theTablesAreMadeOnce() throws IOException {
        open();
        POSTGRES.sql(database, "UPDATE tokenly_shard SET pos = 5 WHERE id = 5");
        open();
        assertThat(POSTGRES.ask(database, "SELECT count(*) || ' ' || sum(pos) || ' ' || max(id) FROM tokenly_shard"))
                .isEqualTo("64 5 63");
        assertThat(POSTGRES.ask(database, "SELECT count(*) FROM tokenly_version"))
                .isEqualTo("1");
    }

    @Test
    void nodesMayMakeThemAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<?>> nodes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                nodes.add(threads.submit(() -> {
                    start.await();
                    open();
                    return null;
                }));
            }
            for (Future<?> node : nodes) {
                node.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(POSTGRES.ask(database, "SELECT count(*) FROM tokenly_shard")).isEqualTo("64");
    }

    @Test
    void thoseOfALaterVersionAreRefused() throws IOException {
        open();
        POSTGRES.sql(database, "UPDATE tokenly_version SET version = 2");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the database 127.0.0.1:" + POSTGRES.port() + "/" + database)
                .hasMessageContaining("later version of Tokenly: its tables have version 2, and this one knows 1");
    }

    @Test
    void whoHasTheTablesNeedsNoRightToMakeThem() throws IOException {
        open();
        POSTGRES.sql(
                database,
                "CREATE ROLE " + database + " LOGIN",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database);
        open(POSTGRES.url(database), database, "");
    }

    @Test
    void whoMayMakeNoTablesIsTold() {
        POSTGRES.sql(database, "CREATE ROLE " + database + " LOGIN");
        assertThatThrownBy(() -> open(POSTGRES.url(database), database, ""))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("permission denied")
                .hasMessageContaining("GRANT CREATE");
    }

    @Test
    void aWrongPasswordIsNotRepeated() {
        POSTGRES.sql(database, "DROP ROLE IF EXISTS guarded", "CREATE ROLE guarded LOGIN PASSWORD 'right'");
        assertThatThrownBy(() -> open(POSTGRES.url(database), "guarded", "wr0ng-secret"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("password")
                .hasMessageContaining("pg_hba.conf")
                .hasMessageNotContaining("wr0ng-secret");
        assertThatThrownBy(() -> open(POSTGRES.url(database) + "?user=guarded&password=wr0ng-secret", null, null))
                .hasMessageNotContaining("wr0ng-secret")
                .hasMessageContaining("pg_hba.conf");
        assertThat(new DatabaseAddress("jdbc:postgresql://u:s3cret@h/d?password=s3cret", "u", "s3cret").toString())
                .isEqualTo("the database h/d");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> open(POSTGRES.url("nothing"), "postgres", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("/nothing")
                .hasMessageContaining("CREATE DATABASE");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/tokenly", "postgres", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("127.0.0.1:1/tokenly")
                .hasMessageContaining("See whether it runs");
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        for (String url : List.of("postgres://h/d", "jdbc:mysql://h/d", "")) {
            assertThatThrownBy(() -> open(url, "postgres", ""))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("jdbc:postgresql://HOST:5432/NAME");
        }
        assertThatThrownBy(() -> open("java:comp/env/jdbc/nothing", "postgres", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no DataSource java:comp/env/jdbc/nothing");
    }

    @Test
    void aReadOnlyDatabaseIsRefused() {
        POSTGRES.sql(database, "ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("takes no writes")
                .hasMessageContaining("targetServerType=primary");
    }

    @Test
    void theStartSaysWhatACommitPromises() throws IOException {
        open();
        assertThat(log.lines(Level.WARNING)).singleElement().asString().contains("has no synchronous standby");
        log.clear();
        POSTGRES.sql(database, "ALTER DATABASE " + database + " SET synchronous_commit = off");
        open();
        assertThat(log.lines(Level.WARNING)).singleElement().asString().contains("synchronous_commit is off");
    }
}
