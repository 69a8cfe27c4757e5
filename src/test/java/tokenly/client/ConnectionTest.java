package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.client.Scene.outcome;
import static tokenly.client.Scene.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;

/** The connection of a client: PROTOCOL.md, "Loss and heartbeat", "Close codes" and "Reconnecting". */
class ConnectionTest {

    private final Scene scene = new Scene();
    private final Notes notes = new Notes();

    @Test
    void comesBackByThePolicyOfWelcomeAndGivesUpAfterTheLastAttemptThatIsAllowed() {
        Scene scene = new Scene(Scene.OPTIONS.withMaxAttempts(3));
        scene.welcome();
        scene.link().listener.closed(1006, "cut");
        scene.timer.advanceMillis(999);
        assertThat(scene.client.attempt()).isEqualTo(1);
        scene.timer.advanceMillis(1);
        assertThat(scene.client.attempt()).isEqualTo(2);
        scene.link().listener.closed(1006, "refused");
        scene.timer.advanceMillis(2_000);
        scene.link().listener.closed(1011, "fault");
        scene.timer.advanceMillis(4_000);
        scene.link().listener.closed(4012, "slow");
        assertThat(scene.told)
                .containsExactly(
                        "CONNECTED",
                        "lost 1 1006",
                        "WAITING",
                        "try 1 in 1000",
                        "CONNECTING",
                        "lost 2 1006",
                        "WAITING",
                        "try 2 in 2000",
                        "CONNECTING",
                        "lost 3 1011",
                        "WAITING",
                        "try 3 in 4000",
                        "CONNECTING",
                        "lost 4 4012",
                        "GAVE_UP");
        scene.timer.advanceMillis(100_000);
        assertThat(scene.transport.links).hasSize(4);
        scene.client.reconnectNow();
        assertThat(scene.client.attempt()).isEqualTo(5);
        scene.link().listener.closed(1006, "cut");
        assertThat(scene.told).as("counts anew").endsWith("try 1 in 1000");
    }

    @ParameterizedTest
    @CsvSource({"4999, try 2 in 2000", "5000, try 1 in 1000"})
    void countsAnewOnlyAfterAConnectionThatHasLivedLongEnough(long lived, String next) {
        scene.welcome();
        scene.link().listener.closed(1006, "cut");
        scene.timer.advanceMillis(1_000);
        scene.welcome();
        scene.timer.advanceMillis(lived);
        scene.link().listener.closed(1006, "cut");
        assertThat(scene.told).endsWith(next);
    }

    @Test
    void jitterTakesAShareOffEachDelay() {
        scene.link().say(Scene.WELCOME.replace("'jitter':0", "'jitter':0.5"));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            scene.link().listener.closed(1006, "cut");
            String told = scene.told.get(scene.told.size() - 1);
            waits.add(Long.parseLong(told.substring("try 1 in ".length())));
            scene.client.reconnectNow();
            scene.link().say(Scene.WELCOME.replace("'jitter':0", "'jitter':0.5"));
        }
        assertThat(waits).allMatch(wait -> wait >= 500 && wait <= 1_000);
        assertThat(waits.stream().distinct().count()).isGreaterThan(10);
    }

    @Test
    void comesBackForAsLongAsItIsOpenWithTheLastDelay() {
        scene.welcome();
        for (int i = 1; i <= 20; i++) {
            scene.link().listener.closed(1006, "refused");
            assertThat(scene.told).endsWith("try " + i + " in " + (i == 1 ? 1_000 : i == 2 ? 2_000 : 4_000));
            scene.timer.advanceMillis(4_000);
        }
        assertThat(scene.transport.links).hasSize(21);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1005, 1015, 3000, 3999, 4999})
    void aCloseThatAProxyMayHaveWrittenIsALoss(int code) {
        scene.welcome();
        scene.peer("a", notes);
        scene.link().listener.closed(code, "");
        assertThat(scene.told).endsWith("try 1 in 1000");
        assertThat(notes.taken()).isEmpty();
    }

    static Stream<Map.Entry<String, Json>> closeCodes() {
        return ClientVectorsTest.vectors("close-codes.json").members().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("closeCodes")
    void doesAfterACloseWhatTheTableSays(Map.Entry<String, Json> vector) {
        int code = Integer.parseInt(vector.getKey());
        JsonObject row = (JsonObject) vector.getValue();
        scene.welcome();
        scene.link().listener.closed(code, "retry_after_ms=7");
        switch (row.text("client").orElseThrow()) {
            case "retry" ->
                assertThat(scene.told)
                        .endsWith("try 1 in " + (row.truth("isTimed").orElse(false) ? 7 : 1_000));
            case "retry-at-once" -> {
                assertThat(scene.told).endsWith("try 1 in 0");
                scene.timer.advanceMillis(0);
                scene.link().listener.closed(code, "");
                assertThat(scene.told).as("but not again and again").endsWith("try 2 in 2000");
            }
            case "stop" -> assertThat(scene.told).endsWith("CLOSED");
            case "rest" -> assertThat(scene.told).endsWith("RESTING");
            default -> throw new AssertionError(row.toString());
        }
    }

    @Test
    void restsUntilASessionIsWanted() {
        scene.welcome();
        scene.link().listener.closed(1008, "unused");
        scene.timer.advanceMillis(100_000);
        assertThat(scene.transport.links).hasSize(1);
        scene.client.createPeer("a", "r", notes);
        assertThat(scene.transport.links).hasSize(2);
        scene.welcome();
        assertThat(scene.link().sent("create-peer")).hasSize(1);
    }

    @Test
    void comesBackThoughItsConnectionWasUnusedIfASessionIsWantedMeanwhile() {
        scene.welcome();
        scene.peer("a", notes);
        scene.link().listener.closed(1008, "unused");
        assertThat(scene.told).endsWith("try 1 in 1000");
    }

    @Test
    void aServerThatRefusesHandshakesIsGivenAtLeastTheTimeItAsksFor() {
        scene.welcome();
        String reason = CloseEvent.refusal(429, Optional.of("2"));
        List.of(1, 2, 3).forEach(attempt -> {
            scene.link().listener.closed(1006, reason);
            scene.timer.advanceMillis(4_000);
        });
        assertThat(scene.told).contains("try 1 in 2000", "try 2 in 2000", "try 3 in 4000");
        assertThat(CloseEvent.refusal(503, Optional.of("Wed, 21 Oct 2026 07:28:00 GMT")))
                .isEqualTo("HTTP 503");
    }

    @Test
    void comesBackAfterADrainWhenItSays() {
        scene.welcome();
        scene.link().say("{'type':'drain','retry_after_ms':321}");
        scene.link().listener.closed(1012, "the server stops");
        assertThat(scene.told).endsWith("try 1 in 321");
    }

    /** Those that end the client; by {@code taken-over} its peers are told in another way. */
    static Stream<Map.Entry<String, Json>> finalCodes() {
        return closeCodes()
                .filter(vector -> error(vector)
                        .filter(error -> !error.equals("taken-over"))
                        .isPresent());
    }

    private static Optional<String> error(Map.Entry<String, Json> vector) {
        return ((JsonObject) vector.getValue()).text("error");
    }

    @ParameterizedTest
    @MethodSource("finalCodes")
    void stopsForGoodWhereTheTableSays(Map.Entry<String, Json> vector) {
        int code = Integer.parseInt(vector.getKey());
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<Receipt> lost = a.send(signal("1")).toCompletableFuture();
        CompletableFuture<Peer> never =
                scene.client.createPeer("b", "r", new Notes()).toCompletableFuture();
        scene.link().listener.closed(code, "");
        scene.client.reconnectNow();
        scene.timer.advanceMillis(100_000);
        assertThat(scene.transport.links).hasSize(1);
        assertThat(scene.client.closed().toCompletableFuture()).isCompleted();
        assertThat(notes.taken()).containsExactly("ended " + error(vector).orElseThrow());
        assertThat(outcome(lost)).isEqualTo("session-lost");
        assertThat(outcome(never)).isEqualTo(error(vector).orElseThrow());
    }

    @Test
    void anAbortIsALossLikeAnyOther() {
        scene.welcome();
        scene.client.abort();
        assertThat(scene.link().isAborted).isTrue();
        assertThat(scene.told).endsWith("lost 1 1006", "WAITING", "try 1 in 1000");
        scene.client.abort();
        assertThat(scene.told).as("once").hasSize(4);
    }

    @Test
    void asksAfterAnIntervalOfSilenceAndGivesUpAfterTheTimeout() {
        scene.welcome();
        scene.timer.advanceMillis(9_999);
        assertThat(scene.link().sent()).isEmpty();
        scene.timer.advanceMillis(1);
        assertThat(scene.link().sent()).containsExactly("{\"type\":\"ping\"}");
        scene.link().say("{'type':'pong'}");
        scene.timer.advanceMillis(10_000);
        assertThat(scene.link().sent()).hasSize(1);
        scene.link().listener.heard();
        scene.timer.advanceMillis(19_999);
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
        scene.timer.advanceMillis(1);
        assertThat(scene.link().isAborted).isTrue();
        assertThat(scene.client.state()).isEqualTo(ClientState.WAITING);
    }

    @Test
    void aServerThatSaysNoWelcomeIsGivenUpInTime() {
        scene.welcome();
        scene.reconnect();
        scene.link().listener.closed(1006, "cut");
        scene.client.reconnectNow();
        scene.timer.advanceMillis(6_999);
        assertThat(scene.link().isAborted).isFalse();
        scene.timer.advanceMillis(1);
        assertThat(scene.link().isAborted).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{}", "{'type':7}", "{'type':'pong'}"})
    void aFirstFrameThatIsNoWelcomeDropsTheConnection(String frame) {
        scene.link().say(frame);
        assertThat(scene.link().isAborted).isTrue();
    }

    @Test
    void whatComesFromAnOlderConnectionIsNothingToAnybody() {
        scene.welcome();
        scene.peer("a", notes);
        FakeTransport.FakeLink old = scene.link();
        scene.reconnect();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0}");
        notes.taken();
        old.say("{'type':'peer-joined','session_id':'a','seq':1,'peer':'b'}");
        old.listener.closed(4009, "");
        assertThat(notes.taken()).isEmpty();
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void everyFrameCanBeSeenWithTheNumberOfItsConnection() {
        List<String> history = new ArrayList<>();
        Scene seen = new Scene(Scene.OPTIONS.withFrames(new FrameTap() {
            @Override
            public void out(long attempt, String frame) {
                history.add(attempt + " out " + frame);
            }

            @Override
            public void in(long attempt, String frame) {
                history.add(attempt + " in " + frame);
            }
        }));
        seen.welcome();
        seen.timer.advanceMillis(10_000);
        seen.reconnect();
        assertThat(history)
                .hasSize(3)
                .contains("1 out {\"type\":\"ping\"}")
                .last()
                .asString()
                .startsWith("2 in {\"type\":\"welcome\"");
    }
}
