package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.text;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A standby takes over that lacks what was answered last. */
class LateStandbyTest extends FailoverScene {

    @Test
    void whatAStandbyLacksIsWrittenAgain() throws Exception {
        openStore();
        writeUpTo(1, 5);
        follows();
        standby.stopFollowing();
        writeUpTo(6, 15);
        failOver();
        writeUpTo(16, 20);
        assertThat(node.depositions).hasValue(0);
        assertThat(recovered(standby)).containsExactly(messages(20));
    }

    @Test
    void anOwnerThatWritesNothingMendsItByItsBeat() throws Exception {
        openStore();
        writeUpTo(1, 5);
        follows();
        standby.stopFollowing();
        writeUpTo(6, 15);
        failOver();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> node.ownership.beat("up").shards().size() == 64);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                standby.ask(database, "SELECT count(*) FROM tokenly_chunk WHERE file LIKE '%journal'"))
                        .isEqualTo("17")); // the header, the session, and 15 messages
        assertThat(recovered(standby)).containsExactly(messages(15));
    }

    @Test
    void aClaimThatAStandbyLacksIsMadeAgain() throws Exception {
        openStore();
        writeUpTo(1, 5);
        store.close();
        follows();
        standby.stopFollowing();
        store = node.store(SHARD);
        sessions(store);
        writeUpTo(6, 10);
        failOver();
        writeUpTo(11, 12);
        assertThat(node.depositions).hasValue(0);
        assertThat(recovered(standby)).containsExactly(messages(12));
    }

    @Test
    void aShardOfWhichTooMuchIsLostIsGivenUp() throws Exception {
        openStore();
        writeUpTo(1, 5);
        follows();
        standby.stopFollowing();
        writeUpTo(6, 10);
        node.pass(RecentSteps.MAX_AGE.plusMillis(1));
        writeUpTo(11, 11);
        failOver();
        assertThat(store.append(List.of(appended("a", 12, text("message 12"))))).failsWithin(PATIENCE.multipliedBy(2));
        await().until(() -> node.depositions.get() == 1);
        assertThat(recovered(standby)).containsExactly(messages(5));
    }
}
