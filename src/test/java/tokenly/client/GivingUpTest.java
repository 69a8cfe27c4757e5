package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.client.Scene.outcome;
import static tokenly.client.Scene.signal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a client gives up, what becomes of all that waits, and what is sent after its return: PROTOCOL.md, "Reconnecting". */
class GivingUpTest {

    private final Scene scene = new Scene(Scene.OPTIONS.withMaxAttempts(1));
    private final Notes notes = new Notes();

    private void giveUp() {
        scene.link().listener.closed(1006, "cut");
        scene.timer.advanceMillis(4_000);
        scene.link().listener.closed(1006, "HTTP 502");
        assertThat(scene.client.state()).isEqualTo(ClientState.GAVE_UP);
    }

    private void comeBack() {
        scene.client.reconnectNow();
        scene.welcome();
    }

    private void resumed(long received) {
        scene.link()
                .say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':" + received
                        + ",'last':0}");
    }

    private List<String> sent() {
        return scene.link().sent("message").stream()
                .map(frame -> frame.whole("seq").orElseThrow() + " "
                        + frame.text("text").orElseThrow())
                .toList();
    }

    @Test
    void aConnectionThatHeldASessionIsASuccessButPaysItsPlaceInTheDelays() {
        scene.welcome();
        scene.peer("a", notes);
        for (long delay : new long[] {1_000, 2_000, 4_000, 4_000}) {
            scene.link().listener.closed(1006, "cut");
            assertThat(scene.told).endsWith("try 1 in " + delay);
            scene.timer.advanceMillis(delay);
            scene.welcome();
            resumed(0);
        }
        scene.timer.advanceMillis(5_000);
        scene.link().listener.closed(1006, "cut");
        assertThat(scene.told).as("it has lived long enough").endsWith("try 1 in 1000");
    }

    @Test
    void allThatWaitsIsSettledByName() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        Peer leaving = scene.peer("b", notes);
        CompletableFuture<?> sent = a.send(signal("1")).toCompletableFuture();
        scene.link().listener.closed(1006, "cut");
        CompletableFuture<?> gone = leaving.destroy().toCompletableFuture();
        CompletableFuture<?> created = scene.client.createPeer("c", "r", notes).toCompletableFuture();
        scene.timer.advanceMillis(4_000);
        assertThat(outcome(sent)).isEqualTo("open");

        scene.link().listener.closed(1006, "HTTP 502");

        assertThat(outcome(sent)).isEqualTo("gave-up");
        assertThat(sent)
                .isCompletedExceptionally()
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("HTTP 502")
                .havingCause()
                .satisfies(failure ->
                        assertThat(((TokenlyException) failure).retryable()).isTrue());
        assertThat(outcome(gone)).isEqualTo("done");
        assertThat(outcome(created)).isEqualTo("gave-up");
        assertThat(notes.taken()).containsExactlyInAnyOrder("ended destroyed", "ended gave-up");
    }

    @Test
    void whatIsAskedForAfterwardsFailsAtOnce() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        giveUp();
        assertThat(outcome(a.send(signal("1")).toCompletableFuture())).isEqualTo("gave-up");
        assertThat(outcome(scene.client.createPeer("c", "r", notes).toCompletableFuture()))
                .isEqualTo("gave-up");
        assertThat(outcome(a.destroy().toCompletableFuture())).isEqualTo("done");
        assertThat(notes.taken()).containsExactly("ended destroyed");
        assertThat(outcome(a.send(signal("2")).toCompletableFuture())).isEqualTo("closed");
    }

    /** Signals 1 to 3 have left, and have failed; the server had some of them. */
    @ParameterizedTest
    @CsvSource({"0, 1", "2, 3", "3, 4"})
    void afterAReturnNoSignalThatHasFailedIsSentAgain(long received, long next) {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        List.of("1", "2", "3").forEach(text -> a.send(signal(text)));
        giveUp();
        scene.client.reconnectNow();
        CompletableFuture<Receipt> early = a.send(signal("early")).toCompletableFuture();
        assertThat(scene.welcome().sent("resume").get(0).toString()).contains("\"sent\":4,\"acked\":0");

        resumed(received);

        assertThat(sent()).containsExactly(next + " early");
        assertThat(notes.taken()).containsExactly("resumed " + received + " 0 0");
        a.send(signal("late"));
        assertThat(sent()).containsExactly(next + 1 + " late");
        scene.link().say("{'type':'ack','received':{'a':" + (next + 1) + "}}");
        assertThat(early).isCompletedWithValue(new Receipt("e1", next));
    }

    @Test
    void whatHasNeverLeftLeavesNoGap() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        scene.link().say("{'type':'ack','received':{'a':1}}");
        scene.link().listener.closed(1006, "cut");
        CompletableFuture<?> never = a.send(signal("never")).toCompletableFuture();
        scene.timer.advanceMillis(4_000);
        scene.link().listener.closed(1006, "HTTP 502");
        assertThat(outcome(never)).isEqualTo("gave-up");
        comeBack();
        assertThat(scene.link().sent("resume").get(0).toString()).contains("\"sent\":1,\"acked\":1");
        resumed(1);
        a.send(signal("2"));
        assertThat(sent()).containsExactly("2 2");
        scene.reconnect();
        resumed(1);
        assertThat(sent()).as("and goes on as ever").containsExactly("2 2");
    }

    @Test
    void aResetAfterAReturnCountsFromOne() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        giveUp();
        comeBack();
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'overflow','epoch':'e2','peers':['b']}");
        a.send(signal("2"));
        assertThat(sent()).containsExactly("1 2");
    }
}
