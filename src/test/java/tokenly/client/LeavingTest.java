package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.client.Scene.outcome;
import static tokenly.client.Scene.signal;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client leaves: PROTOCOL.md, "The life of a session". A close alone ends no session. */
class LeavingTest {

    static final String WELCOME = Scene.WELCOME.replace("'connection'", "'features':['leave'],'connection'");

    private final Scene scene = new Scene();
    private final Notes notes = new Notes();

    private void destroyed(String session) {
        scene.link().say("{'type':'peer-destroyed','session_id':'" + session + "'}");
    }

    @Test
    void asksForTheEndOfAllItsSessionsAndClosesWhenEachIsConfirmed() {
        scene.link().say(WELCOME);
        Peer a = scene.peer("a", notes);
        scene.peer("b", new Notes());
        CompletableFuture<Receipt> sent = a.send(signal("1")).toCompletableFuture();
        scene.link().sent();

        scene.client.close();

        assertThat(scene.link().sent()).containsExactly("{\"type\":\"leave\"}");
        assertThat(notes.taken()).containsExactly("ended closed");
        assertThat(outcome(sent)).isEqualTo("closed");
        assertThat(outcome(a.send(signal("2")).toCompletableFuture())).isEqualTo("closed");
        assertThat(outcome(scene.client.createPeer("b", "r", notes).toCompletableFuture()))
                .isEqualTo("closed");
        destroyed("a");
        assertThat(scene.link().closedWith).isZero();
        destroyed("b");
        assertThat(scene.link().closedWith).isEqualTo(1000);
        assertThat(scene.client.closed().toCompletableFuture()).isNotDone();
        scene.link().listener.closed(1000, "");
        assertThat(scene.client.closed().toCompletableFuture()).isCompleted();
        assertThat(scene.timer.pending()).isZero();
    }

    @Test
    void asksAnOlderServerForTheEndOfEach() {
        scene.welcome();
        scene.peer("a", notes);
        scene.peer("b", notes);
        scene.client.close();
        assertThat(scene.link().sent())
                .containsExactly(
                        "{\"type\":\"destroy-peer\",\"session_id\":\"a\"}",
                        "{\"type\":\"destroy-peer\",\"session_id\":\"b\"}");
    }

    @Test
    void closesAfterASecondThoughNothingIsConfirmedAndCutsTwoSecondsLater() {
        scene.link().say(WELCOME);
        scene.peer("a", notes);
        scene.client.close();
        scene.timer.advanceMillis(999);
        assertThat(scene.link().closedWith).isZero();
        scene.timer.advanceMillis(1);
        assertThat(scene.link().closedWith).isEqualTo(1000);
        scene.timer.advanceMillis(1_999);
        assertThat(scene.link().isAborted).isFalse();
        scene.timer.advanceMillis(1);
        assertThat(scene.link().isAborted).isTrue();
        assertThat(scene.client.closed().toCompletableFuture()).isCompleted();
        assertThat(scene.timer.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'peer-created','session_id':'a','success':false,'error':{'code':'room-full','message':'m'}}",
                "{'type':'error','session_id':'a','code':'unknown-session','message':'m'}"
            })
    void doesNotWaitForASessionThatTheServerDoesNotHave(String frame) {
        scene.link().say(WELCOME);
        scene.client.createPeer("a", "r", notes);
        scene.client.close();
        scene.link().say(frame);
        assertThat(scene.link().closedWith).isEqualTo(1000);
    }

    @Test
    void closesAtOnceWithoutASession() {
        scene.link().say(WELCOME);
        scene.client.close();
        assertThat(scene.link().sent()).isEmpty();
        assertThat(scene.link().closedWith).isEqualTo(1000);
    }

    @Test
    void aConnectionThatIsLostMeanwhileEndsItToo() {
        scene.link().say(WELCOME);
        scene.peer("a", notes);
        scene.client.close();
        scene.link().listener.closed(1006, "cut");
        assertThat(scene.client.closed().toCompletableFuture()).isCompleted();
        assertThat(scene.timer.pending()).isZero();
    }

    @Test
    void stopsAtOnceWhileItConnectsAndWhileItWaits() {
        scene.client.close();
        assertThat(scene.link().isAborted).isTrue();
        assertThat(scene.client.closed().toCompletableFuture()).isCompleted();
        assertThat(scene.timer.pending()).isZero();

        Scene waiting = new Scene();
        waiting.link().listener.closed(1006, "refused");
        waiting.client.close();
        assertThat(waiting.client.closed().toCompletableFuture()).isCompleted();
        assertThat(waiting.timer.pending()).isZero();
    }
}
