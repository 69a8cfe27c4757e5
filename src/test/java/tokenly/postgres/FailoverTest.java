package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.text;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The primary dies, and comes back, or a standby takes over that has all. */
class FailoverTest extends FailoverScene {

    @Test
    void aDatabaseThatDiesAndComesBackIsWaitedFor() throws Exception {
        openStore();
        writeUpTo(1, 5);
        primary.kill();
        CompletableFuture<?> waiting =
                store.append(List.of(appended("a", 6, text("message 6")))).toCompletableFuture();
        primary.start();
        waiting.join();
        assertThat(recovered(primary)).containsExactly(messages(6));
    }

    @Test
    void aStandbyThatIsInStepLosesNothing() throws Exception {
        primary.waitForStandby();
        openStore();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger wanted = new AtomicInteger(Integer.MAX_VALUE);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int seq = 1; seq <= wanted.get(); seq++) {
                writeUpTo(seq, seq);
                answered.set(seq);
            }
        });
        await().atMost(PATIENCE).until(() -> answered.get() > 50);
        failOver();
        int before = answered.get();
        await().atMost(PATIENCE).until(() -> answered.get() > before + 50);
        wanted.set(0);
        writing.join();
        assertThat(node.depositions).hasValue(0);
        assertThat(recovered(standby)).containsExactly(messages(answered.get()));
    }

    @Test
    void aWaitForTheStandbyThatIsCancelledIsNoAnswer() throws Exception {
        primary.waitForStandby();
        openStore();
        standby.signal("STOP");
        CompletableFuture<?> answer =
                store.append(List.of(appended("a", 1, text("message 1")))).toCompletableFuture();
        String waiting = waitingForStandby("");
        primary.sql("postgres", "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        waitingForStandby(waiting);
        assertThat(answer).isNotDone();
        standby.signal("CONT");
        answer.join();
        failOver();
        assertThat(recovered(standby)).containsExactly(messages(1));
    }

    /** Which transaction waits, other than {@code known}. */
    private String waitingForStandby(String known) {
        String query = "SELECT coalesce(max(xact_start || ''), '') FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        return await().atMost(PATIENCE)
                .until(() -> primary.ask("postgres", query), found -> !found.isEmpty() && !found.equals(known));
    }
}
