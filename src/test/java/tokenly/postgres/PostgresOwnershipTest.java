package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.id;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.text;
import static tokenly.store.Records.write;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.cluster.Ownership.Node;
import tokenly.cluster.Ownership.Shard;
import tokenly.cluster.Ownership.View;
import tokenly.store.JournalStore;
import tokenly.store.Records;

/** Two nodes and one database. */
class PostgresOwnershipTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly");

    private String database = "";
    private tokenly.postgres.Node one;
    private tokenly.postgres.Node two;

    @BeforeEach
    void start() throws IOException {
        database = POSTGRES.createDatabase();
        one = new tokenly.postgres.Node("http://one", POSTGRES.url(database));
        two = new tokenly.postgres.Node("http://two", POSTGRES.url(database));
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        two.close();
    }

    private static OptionalLong claim(tokenly.postgres.Node node, Shard seen) throws IOException {
        return node.ownership.claim(seen, false);
    }

    /** As when the lease is over. */
    private void expire() {
        POSTGRES.sql(database, "UPDATE tokenly_shard SET until = now() - interval '1 ms'");
    }

    @Test
    void atFirstNoShardIsOwned() throws IOException {
        View view = one.ownership.beat("new");
        assertThat(view.shards()).hasSize(64).allMatch(shard -> shard.owner().isEmpty() && shard.isExpired());
        assertThat(view.shards()).extracting(Shard::number).isSorted();
        assertThat(view.shards()).extracting(Shard::fence).containsOnly(0L);
        assertThat(view.nodes()).containsExactly(new Node("http://one", true, "new"));
    }

    @Test
    void ofTwoThatClaimAShardOneGetsIt() throws IOException {
        Shard seen = one.shard(3);
        OptionalLong fence = claim(one, seen);
        assertThat(fence).isPresent();
        assertThat(claim(two, seen)).isEmpty();
        assertThat(claim(two, two.shard(3))).isEmpty();
        Shard now = two.shard(3);
        assertThat(now.owner()).contains("http://one");
        assertThat(now.fence()).isEqualTo(fence.getAsLong());
        assertThat(now.isExpired()).isFalse();
    }

    @Test
    void aShardThatExpiredIsClaimedUnderAHigherFence() throws IOException {
        long first = one.claim(3);
        expire();
        assertThat(two.shard(3).isExpired()).isTrue();
        assertThat(claim(two, two.shard(3)).getAsLong()).isGreaterThan(first);
    }

    @Test
    void aShardWhoseOwnerIsGoneIsClaimedAtOnce() throws IOException {
        long first = one.claim(3);
        assertThat(two.claim(3)).isGreaterThan(first);
    }

    @Test
    void aNodeMayClaimWhatIsItsOwnAlready() throws IOException {
        long first = one.claim(3);
        assertThat(claim(one, one.shard(3)).getAsLong()).isGreaterThan(first);
    }

    @Test
    void aFenceIsAboveThoseThatAFailoverHasForgotten() throws IOException {
        long first = one.claim(3);
        POSTGRES.sql(database, "UPDATE tokenly_shard SET fence = 0, owner = NULL");
        assertThat(two.claim(3)).isGreaterThan(first);
    }

    @Test
    void aBeatRenewsTheLeasesOfItsOwnShards() throws IOException {
        one.claim(3);
        two.claim(4);
        expire();
        View view = one.ownership.beat("up");
        assertThat(view.shards().get(3).isExpired()).isFalse();
        assertThat(view.shards().get(4).isExpired()).isTrue();
    }

    @Test
    void aBeatDoesNotWaitForAWriteThatIsUnderWay() throws Exception {
        one.claim(3);
        try (var held = POSTGRES.connect(database);
                var statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("SELECT 1 FROM tokenly_shard WHERE id = 3 FOR UPDATE");
            assertThat(one.ownership.beat("up").shards().get(3).owner()).contains("http://one");
        }
    }

    @Test
    void aNodeWhoseBeatIsOldIsNotAlive() throws IOException {
        one.ownership.beat("first");
        POSTGRES.sql(database, "UPDATE tokenly_node SET seen = now() - interval '3001 ms'");
        assertThat(two.ownership.beat("second").nodes())
                .containsExactly(new Node("http://one", false, "first"), new Node("http://two", true, "second"));
    }

    @Test
    void aShardThatIsReleasedIsFree() throws IOException {
        long fence = one.claim(3);
        one.ownership.release(3, fence - 1);
        assertThat(two.shard(3).owner()).contains("http://one");
        two.ownership.release(3, fence);
        assertThat(two.shard(3).owner()).contains("http://one");
        one.ownership.release(3, fence);
        assertThat(two.shard(3).owner()).isEmpty();
        assertThat(claim(two, two.shard(3))).isPresent();
    }

    @Test
    void aNodeThatLeavesIsNotAliveAndOwnsNothing() throws IOException {
        one.claim(3);
        one.ownership.beat("up");
        one.close();
        View view = two.ownership.beat("up");
        assertThat(view.nodes()).contains(new Node("http://one", false, "up"));
        assertThat(view.shards()).allMatch(Shard::isExpired);
    }

    @Test
    void whatADeposedOwnerWritesChangesNothing() throws IOException {
        JournalStore old = one.store(3);
        sessions(old);
        write(old, created("a"));
        JournalStore next = two.store(3);
        assertThat(sessions(next)).containsOnlyKeys(id("a"));
        String before = chunks();

        assertThat(old.append(List.of(created("b")))).failsWithin(Duration.ofSeconds(5));
        assertThat(old.append(List.of(created("c")))).failsWithin(Duration.ofSeconds(5));

        assertThat(chunks()).isEqualTo(before);
        await().until(() -> one.depositions.get() > 0);
        assertThatThrownBy(old::close).isInstanceOf(IOException.class);
        one.ownership.beat("up");
        assertThat(one.depositions).hasValue(1);
        write(next, created("d"));
        next.close();
        assertThat(sessions(two.store(3))).containsOnlyKeys(id("a"), id("d"));
    }

    private String chunks() {
        return POSTGRES.ask(
                database,
                "SELECT md5(string_agg(file || position || encode(bytes, 'hex'), ' ' ORDER BY file, position))"
                        + " FROM tokenly_chunk");
    }

    @Test
    void anOwnerThatWritesNothingLearnsByItsBeatThatItIsDeposed() throws IOException {
        sessions(one.store(3));
        two.claim(3);
        assertThat(one.depositions).hasValue(0);
        one.ownership.beat("up");
        await().until(() -> one.depositions.get() == 1);
    }

    @Test
    void aShardThatAnotherNodeOwnsIsNotRecovered() throws IOException {
        JournalStore store = one.store(3);
        two.claim(3);
        assertThat(store.recover())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("does not own shard 3 in the database");
        await().until(() -> one.depositions.get() == 1);
    }

    /** Appends a session to each of {@code stores} at a moment when all go into one transaction. */
    private List<CompletableFuture<?>> appendTogether(JournalStore... stores) throws Exception {
        JournalStore first = one.store(63);
        sessions(first);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        try (var held = POSTGRES.connect(database);
                var statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("SELECT 1 FROM tokenly_shard WHERE id = 63 FOR UPDATE");
            answers.add(first.append(List.of(created("first"))).toCompletableFuture());
            await().until(() -> POSTGRES.ask(
                            database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                    .equals("1"));
            for (JournalStore store : stores) {
                answers.add(store.append(List.of(created("a"))).toCompletableFuture());
            }
            await().until(() -> one.ownership.waiting() == stores.length);
            held.rollback();
        }
        answers.remove(0).join();
        return answers;
    }

    @Test
    void oneShardThatIsDeposedDoesNotHoldUpTheOthers() throws Exception {
        JournalStore mine = one.store(1);
        JournalStore lost = one.store(2);
        sessions(mine);
        sessions(lost);
        two.claim(2);
        List<CompletableFuture<?>> answers = appendTogether(mine, lost);
        answers.get(0).join();
        assertThat(answers.get(1)).failsWithin(Duration.ofSeconds(5));
        await().until(() -> one.depositions.get() == 1);
        mine.close();
        assertThat(sessions(one.store(1))).containsOnlyKeys(id("a"));
    }

    @Test
    void oneShardThatFailsDoesNotTakeTheOthersAlong() throws Exception {
        JournalStore good = one.store(1);
        JournalStore bad = one.store(2);
        sessions(good);
        sessions(bad);
        POSTGRES.sql(
                database,
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON tokenly_chunk FOR EACH ROW WHEN (NEW.shard = 2)"
                        + " EXECUTE FUNCTION refuse()");
        List<CompletableFuture<?>> answers = appendTogether(bad, good);
        answers.get(1).join();
        assertThat(answers.get(0))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("refused");
    }

    @Test
    void aFullDatabaseFailsAppendsByNameAndRecovers() throws IOException {
        JournalStore store = one.store(3);
        sessions(store);
        write(store, created("a"));
        POSTGRES.sql(
                database,
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                        + " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
                "CREATE TRIGGER full_disk BEFORE INSERT ON tokenly_chunk EXECUTE FUNCTION full_disk()");
        assertThat(store.append(List.of(appended("a", 1, text("failed")))))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("has no room left")
                .withMessageContaining(database);
        POSTGRES.sql(database, "DROP TRIGGER full_disk ON tokenly_chunk");
        write(store, appended("a", 1, text("written")));
        store.close();
        assertThat(Records.of(sessions(one.store(3)), "a").messages()).containsExactly(text("written"));
    }

    @Test
    void anIdIsInUseInOneShard() throws IOException {
        one.claim(1);
        two.claim(2);
        assertThat(one.ownership.enter(id("a"), 1)).isEmpty();
        assertThat(one.ownership.enter(id("a"), 1)).isEmpty();
        assertThat(two.ownership.enter(id("a"), 2)).isEqualTo(OptionalInt.of(1));
        two.ownership.leave(2, List.of(id("a")));
        assertThat(two.ownership.enter(id("a"), 2)).isEqualTo(OptionalInt.of(1));
        one.ownership.leave(1, List.of(id("a"), id("never was")));
        assertThat(two.ownership.enter(id("a"), 2)).isEmpty();
        assertThat(one.ownership.enter(id("a"), 1)).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void onlyTheOwnerOfAShardEntersAndLeaves() throws IOException {
        one.claim(1);
        one.ownership.enter(id("a"), 1);
        assertThatThrownBy(() -> two.ownership.enter(id("b"), 1)).hasMessageContaining("does not own shard 1");
        assertThatThrownBy(() -> two.ownership.keepOnly(1, List.of())).hasMessageContaining("does not own shard 1");
        two.ownership.leave(1, List.of(id("a")));
        two.claim(2);
        assertThat(two.ownership.enter(id("a"), 2)).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void afterARecoveryOnlyWhatItFoundIsInUse() throws IOException {
        one.claim(1);
        two.claim(2);
        for (String id : List.of("a", "b")) {
            one.ownership.enter(id(id), 1);
        }
        two.ownership.enter(id("c"), 2);
        one.ownership.keepOnly(1, List.of(id("b"), id("lost by a failover"), id("c")));
        assertThat(two.ownership.enter(id("a"), 2)).isEmpty();
        assertThat(two.ownership.enter(id("b"), 2)).isEqualTo(OptionalInt.of(1));
        assertThat(two.ownership.enter(id("lost by a failover"), 2)).isEqualTo(OptionalInt.of(1));
        assertThat(one.ownership.enter(id("c"), 1)).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void aConnectionThatWasCutWhileItWasIdleIsReplaced() throws IOException {
        one.ownership.beat("up");
        one.claim(1);
        POSTGRES.sql(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tokenly'");
        assertThat(one.ownership.beat("up").shards()).hasSize(64);
        one.claim(1);
    }
}
