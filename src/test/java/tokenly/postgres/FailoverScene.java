package tokenly.postgres;

import static org.awaitility.Awaitility.await;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.text;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.session.Message;
import tokenly.store.JournalStore;
import tokenly.store.Records;

/** A primary and a standby, as real processes, a pair for each test, and one shard with a session that gets messages. */
abstract class FailoverScene {

    static final int SHARD = 9;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly");

    final PostgresServer primary = new PostgresServer();
    PostgresServer standby;
    String database = "";
    Node node;
    JournalStore store;

    @BeforeAll
    static void require() {
        PostgresServer.requireInstalled();
    }

    @BeforeEach
    void start() throws IOException {
        primary.launch();
        standby = primary.standby();
        database = primary.createDatabase();
        node = new Node(
                "http://one",
                "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port() + "/" + database
                        + "?targetServerType=primary");
        store = node.store(SHARD);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        primary.close();
    }

    void openStore() throws IOException {
        sessions(store);
        write(store, created("a"));
    }

    void writeUpTo(int first, int last) {
        for (int seq = first; seq <= last; seq++) {
            write(store, appended("a", seq, text("message " + seq)));
        }
    }

    void failOver() throws IOException {
        primary.kill();
        standby.promote();
    }

    static Message[] messages(int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(seq -> text("message " + seq))
                .toArray(Message[]::new);
    }

    List<Message> recovered(PostgresServer server) throws IOException {
        try (Node next = new Node("http://two", server.url(database))) {
            JournalStore found = next.store(SHARD);
            List<Message> messages = Records.of(sessions(found), "a").messages();
            found.close();
            return messages;
        }
    }

    void follows() {
        await().atMost(PATIENCE)
                .until(() -> primary.ask(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_replication WHERE replay_lsn = pg_current_wal_lsn()")
                        .equals("1"));
    }
}
