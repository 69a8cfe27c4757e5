package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static tokenly.client.Scene.outcome;
import static tokenly.client.Scene.signal;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.client.json.JsonObject;

/** One session over its connections: PROTOCOL.md, "Sending", "Receiving" and "Resuming". */
class SessionTest {

    private final Scene scene = new Scene();
    private final Notes notes = new Notes();

    @Test
    void createsWithAKeyOfItsOwnOnceTheServerHasSaidWelcome() {
        CompletableFuture<Peer> peer = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        assertThat(scene.link().sent()).isEmpty();
        JsonObject create = scene.welcome().sent("create-peer").get(0);
        assertThat(create.text("session_id")).contains("a");
        assertThat(create.text("room_id")).contains("r");
        assertThat(create.text("resume_key").orElseThrow()).matches("[A-Za-z0-9_-]{43}");
        assertThat(create.text("instance")).contains(scene.client.instance());
        assertThat(create.whole("attempt")).hasValue(1);
        assertThat(peer).isNotDone();
        scene.link()
                .say("{'type':'peer-created','session_id':'a','success':true,'room_id':'r','peers':['b'],'epoch':'e'}");
        assertThat(peer).isCompleted();
        assertThat(notes.taken()).containsExactly("created [b]");
    }

    @Test
    void aPeerIsThereBeforeItsFirstSignalIsProcessed() {
        List<String> order = new ArrayList<>();
        scene.welcome();
        scene.client.createPeer("a", "r", delivery -> order.add("signal")).thenAccept(peer -> order.add("peer"));
        scene.link().say("{'type':'peer-created','session_id':'a','success':true,'peers':['x'],'epoch':'e'}");
        message("a", 1, "x", "e", 1);
        assertThat(order).containsExactly("peer", "signal");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the test
    void aPeerWithoutAListenerIsRefusedAtOnce() {
        assertThatNullPointerException().isThrownBy(() -> scene.client.createPeer("b", "r", null));
    }

    @Test
    void createsTheSameAgainWhenTheAnswerWasLost() {
        scene.welcome();
        scene.client.createPeer("a", "r", notes);
        JsonObject first = scene.link().sent("create-peer").get(0);
        JsonObject second = scene.reconnect().sent("create-peer").get(0);
        assertThat(second).isEqualTo(first.with("attempt", 2));
    }

    @Test
    void aCreateThatTheServerRefusesFailsByItsName() {
        scene.welcome();
        CompletableFuture<Peer> peer = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link()
                .say(
                        "{'type':'peer-created','session_id':'a','success':false,'error':{'code':'room-full','message':'m'}}");
        assertThat(outcome(peer)).isEqualTo("room-full");
        assertThat(notes.taken()).containsExactly("ended room-full");
        scene.client.createPeer("a", "r", notes);
        assertThat(scene.link().sent("create-peer"))
                .as("the name is free again")
                .hasSize(2);
    }

    @Test
    void numbersItsSignalsAndKeepsEachUntilItIsAcknowledged() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<Receipt> one = a.send(signal("1")).toCompletableFuture();
        CompletableFuture<Receipt> two = a.send(signal("2")).toCompletableFuture();
        assertThat(scene.link().sent())
                .containsExactly(
                        "{\"type\":\"message\",\"session_id\":\"a\",\"to\":\"b\",\"seq\":1,\"text\":\"1\"}",
                        "{\"type\":\"message\",\"session_id\":\"a\",\"to\":\"b\",\"seq\":2,\"text\":\"2\"}");
        scene.link().say("{'type':'ack','received':{'a':1,'nobody':5}}");
        assertThat(one).isCompletedWithValue(new Receipt("e1", 1));
        assertThat(two).isNotDone();

        JsonObject resume = scene.reconnect().sent("resume").get(0);

        JsonObject item = (JsonObject) resume.array("sessions").orElseThrow().get(0);
        assertThat(item.without(java.util.Set.of("resume_key")).toString())
                .isEqualTo("{\"session_id\":\"a\",\"epoch\":\"e1\",\"received\":0,\"sent\":2,\"acked\":1}");
        assertThat(resume.whole("attempt")).hasValue(2);
        CompletableFuture<Receipt> three = a.send(signal("3")).toCompletableFuture();
        assertThat(scene.link().sent()).as("nothing before resumed").isEmpty();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':1,'last':0}");
        assertThat(seqs()).containsExactly(2L, 3L);
        assertThat(notes.taken()).containsExactly("resumed 1 0 1");
        scene.link().say("{'type':'ack','received':{'a':3}}");
        assertThat(two).isCompletedWithValue(new Receipt("e1", 2));
        assertThat(three).isCompletedWithValue(new Receipt("e1", 3));
    }

    @Test
    void whatTheServerHasAlreadyIsNotSentAgain() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<Receipt> one = a.send(signal("1")).toCompletableFuture();
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':1,'last':0}");
        assertThat(scene.link().sent()).isEmpty();
        assertThat(one).isCompletedWithValue(new Receipt("e1", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "seq-gap", "store-failed"})
    void whatTheServerCannotTakeIsSentAgainAfterAPause(String code) {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        a.send(signal("2"));
        a.send(signal("3"));
        scene.link().sent();
        scene.link().say("{'type':'error','code':'" + code + "','message':'m','session_id':'a','received':1}");
        scene.timer.advanceMillis(60);
        scene.link().say("{'type':'error','code':'seq-gap','message':'m','session_id':'a','received':1}");
        a.send(signal("4"));
        scene.timer.advanceMillis(39);
        assertThat(scene.link().sent()).isEmpty();
        scene.timer.advanceMillis(1);
        assertThat(seqs()).containsExactly(2L, 3L, 4L);
        scene.timer.advanceMillis(1_000);
        assertThat(scene.link().sent()).isEmpty();
    }

    @Test
    void aBusyCreateAndABusyResumeAreSentAgainToo() {
        scene.welcome();
        scene.client.createPeer("a", "r", notes);
        scene.link().sent();
        scene.link().say("{'type':'error','code':'busy','message':'m','session_id':'a'}");
        scene.timer.advanceMillis(100);
        assertThat(scene.link().sent("create-peer")).hasSize(1);
        scene.link().say("{'type':'peer-created','session_id':'a','success':true,'peers':[],'epoch':'e1'}");
        scene.reconnect().sent();
        scene.link().say("{'type':'error','code':'busy','message':'m','session_id':'a'}");
        scene.timer.advanceMillis(100);
        assertThat(scene.link().sent("resume")).hasSize(1);
    }

    @Test
    void acknowledgesForAllItsSessionsInOneFrameAfterTheListenersHaveReturned() {
        scene.welcome();
        scene.peer("b", new Notes());
        Peer a = scene.peer("a", notes);
        message("a", 1, "x", "e", 1);
        message("a", 2, "x", "e", 2);
        message("b", 1, "x", "e", 3);
        assertThat(scene.link().sent()).isEmpty();
        scene.timer.advanceMillis(20);
        assertThat(scene.link().sent()).containsExactly("{\"type\":\"ack\",\"received\":{\"a\":2,\"b\":1}}");
        scene.timer.advanceMillis(1_000);
        assertThat(scene.link().sent()).isEmpty();
        assertThat(a.credentials().toCompletableFuture().join().received()).isEqualTo(2);
    }

    @Test
    void whatIsOwedOnALostConnectionIsSaidByResumeAlone() {
        scene.welcome();
        scene.peer("a", notes);
        message("a", 1, "x", "e", 1);
        assertThat(scene.reconnect().sent("resume").get(0).toString()).contains("\"received\":1");
        scene.timer.advanceMillis(100);
        assertThat(scene.link().sent("ack"))
                .as("its number may belong to an epoch that is over")
                .isEmpty();
    }

    @Test
    void aPauseEndsWithItsConnection() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        scene.link().say("{'type':'error','code':'busy','message':'m','session_id':'a'}");
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0}");
        assertThat(seqs()).containsExactly(1L);
    }

    @Test
    void aListenerThatFailsHasProcessedItsMessage() {
        scene.welcome();
        scene.peer("a", delivery -> {
            throw new IllegalStateException("a bug of the user, for a test");
        });
        message("a", 1, "x", "e", 1);
        message("a", 2, "x", "e", 2);
        scene.timer.advanceMillis(20);
        assertThat(scene.link().sent()).containsExactly("{\"type\":\"ack\",\"received\":{\"a\":2}}");
    }

    @Test
    void processesEachNumberOnceAndAcknowledgesItAgain() {
        scene.welcome();
        scene.peer("a", notes);
        message("a", 1, "x", "e", 1);
        scene.timer.advanceMillis(20);
        scene.link().sent();
        message("a", 1, "x", "e", 9);
        scene.timer.advanceMillis(20);
        assertThat(notes.taken()).hasSize(1);
        assertThat(scene.link().sent()).containsExactly("{\"type\":\"ack\",\"received\":{\"a\":1}}");
    }

    @Test
    void aMissingNumberDropsTheConnectionBeforeAnythingIsLost() {
        scene.welcome();
        scene.peer("a", notes);
        message("a", 1, "x", "e", 1);
        message("a", 3, "x", "e", 3);
        assertThat(scene.link().isAborted).isTrue();
        assertThat(notes.taken()).hasSize(1);
    }

    @Test
    void aSignalThatComesAgainOverAResetIsProcessedOnce() {
        scene.welcome();
        scene.peer("a", notes);
        message("a", 1, "x", "ex", 6);
        message("a", 2, "x", "ex", 7);
        scene.reconnect();
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'overflow','epoch':'e2','peers':['x']}");
        message("a", 1, "x", "ex", 7);
        message("a", 2, "x", "ex", 8);
        message("a", 3, "y", "ey", 7);
        message("a", 4, "x", "ex2", 1);
        assertThat(notes.taken())
                .containsExactly("1 x {}", "2 x {}", "reset overflow [x]", "2 x {}", "3 y {}", "4 x {}");
        scene.timer.advanceMillis(20);
        assertThat(scene.link().sent("ack").get(0).toString()).contains("\"a\":4");
    }

    @Test
    void aResetWritesOffWhatWasNotAcknowledgedAndCountsFromOne() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<Receipt> lost = a.send(signal("1")).toCompletableFuture();
        scene.reconnect();
        CompletableFuture<Receipt> waited = a.send(signal("2")).toCompletableFuture();
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'overflow','epoch':'e2','peers':['b']}");
        assertThat(outcome(lost)).isEqualTo("session-reset");
        assertThat(outcome(waited)).isEqualTo("session-reset");
        CompletableFuture<Receipt> next = a.send(signal("3")).toCompletableFuture();
        assertThat(seqs()).containsExactly(1L);
        scene.link().say("{'type':'ack','received':{'a':1}}");
        assertThat(next).isCompletedWithValue(new Receipt("e2", 1));
        message("a", 1, "b", "eb", 1);
        assertThat(notes.taken()).containsExactly("reset overflow [b]", "1 b {}");
    }

    @Test
    void aResetBelowWhatWasAcknowledgedNamesWhatIsLost() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        acknowledged(a, 5);
        CompletableFuture<Receipt> unknown = a.send(signal("6")).toCompletableFuture();
        assertThat(resumeItem(scene.reconnect()).whole("acked")).hasValue(5);
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'store-went-back','received':2,'epoch':'e2','peers':['b']}");
        assertThat(notes.taken()).containsExactly("lost e1 3 to 5", "reset store-went-back [b]");
        assertThat(outcome(unknown)).isEqualTo("session-reset");
        scene.link().sent();
        a.send(signal("7"));
        assertThat(seqs()).containsExactly(1L);
        assertThat(resumeItem(scene.reconnect()).whole("acked")).hasValue(0);
    }

    @Test
    void aServerThatResumesBelowWhatItHadAcknowledgedIsAskedForANewEpoch() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        acknowledged(a, 5);
        CompletableFuture<Receipt> unknown = a.send(signal("6")).toCompletableFuture();
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':2,'last':0}");
        assertThat(outcome(unknown)).isEqualTo("session-reset");
        CompletableFuture<Receipt> next = a.send(signal("7")).toCompletableFuture();
        JsonObject item = resumeItem(scene.link());
        assertThat(item.text("epoch")).contains("-");
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':2,'last':0}");
        assertThat(scene.link().sent()).as("the answer to a question before").isEmpty();
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'epoch','epoch':'e2','peers':['b']}");
        assertThat(notes.taken()).containsExactly("lost e1 3 to 5", "reset store-went-back [b]");
        assertThat(seqs()).containsExactly(1L);
        scene.link().say("{'type':'ack','received':{'a':1}}");
        assertThat(next).isCompletedWithValue(new Receipt("e2", 1));
        assertThat(scene.reports).extracting(ResumeReport::reset).containsExactly(1);
    }

    @Test
    void aServerWhoseMailboxEndsBeforeWhatWasProcessedIsAskedForANewEpochOverTheNextConnectionToo() {
        scene.welcome();
        scene.peer("a", notes);
        message("a", 1, "x", "ex", 1);
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0}");
        assertThat(scene.link().sent("resume")).hasSize(1);
        assertThat(resumeItem(scene.reconnect()).text("epoch")).contains("-");
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'gone','reason':'unknown-session'}");
        scene.link().say("{'type':'peer-created','session_id':'a','success':true,'peers':[],'epoch':'e2'}");
        assertThat(notes.taken()).containsExactly("1 x {}", "reset store-went-back []");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'ack','received':{'a':1}}",
                "{'type':'error','code':'seq-gap','message':'m','session_id':'a','received':1}"
            })
    void anAnswerThatTakesBackWhatWasAcknowledgedAsksForANewEpoch(String frame) {
        scene.welcome();
        acknowledged(scene.peer("a", notes), 3);
        scene.link().say(frame);
        assertThat(resumeItem(scene.link()).text("epoch")).contains("-");
        assertThat(notes.taken()).containsExactly("lost e1 2 to 3");
    }

    @Test
    void anAckThatIsOlderThanAResumedTakesNothingBack() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        a.send(signal("2"));
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':2,'last':0}");
        scene.link().say("{'type':'ack','received':{'a':1}}");
        assertThat(scene.link().sent()).isEmpty();
        assertThat(notes.taken()).containsExactly("resumed 2 0 0");
    }

    @Test
    void aResetIsTakenUnaskedAndVoidsWhatIsOwed() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        acknowledged(a, 2);
        message("a", 1, "x", "ex", 1);
        scene.link().say("{'type':'error','code':'seq-gap','message':'m','session_id':'a','received':2}");
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'store-went-back','received':1,'epoch':'e2','peers':['x']}");
        assertThat(notes.taken()).containsExactly("1 x {}", "lost e1 2 to 2", "reset store-went-back [x]");
        a.send(signal("3"));
        assertThat(seqs()).containsExactly(1L);
        scene.timer.advanceMillis(200);
        assertThat(scene.link().sent()).as("no ack of the epoch before").isEmpty();
        scene.link().say("{'type':'ack','received':{'a':1}}");
        assertThat(scene.link().sent()).as("the ack is of the new epoch").isEmpty();
        assertThat(a.credentials().toCompletableFuture().getNow(null).acked()).isEqualTo(1);
    }

    @Test
    void anAckOfAnEpochThatIsOverCountsForNoSignalOfTheNext() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        acknowledged(a, 2);
        scene.link().say("{'type':'ack','received':{'a':1}}"); // the store went back: a new epoch is asked for
        var next = a.send(signal("3")).toCompletableFuture();
        scene.link().say("{'type':'ack','received':{'a':2}}");
        assertThat(next).isNotDone();
    }

    @Test
    void anErrorThatIsUnknownChangesNothingOfASessionThatLives() {
        scene.welcome();
        scene.peer("a", notes);
        scene.link().say("{'type':'error','code':'of-a-later-server','message':'m','session_id':'a'}");
        assertThat(notes.taken()).isEmpty();
        scene.link().sent();
        message("a", 1, "x", "ex", 1);
        assertThat(notes.taken()).containsExactly("1 x {}");
    }

    @Test
    void aFrameWithoutANumberThatIsUnknownIsSkipped() {
        scene.welcome();
        scene.peer("a", notes);
        scene.link().say("{'type':'of-a-later-server','session_id':'a'}");
        message("a", 1, "x", "ex", 1);
        assertThat(notes.taken()).containsExactly("1 x {}");
    }

    @Test
    void anAddressThatIsNoWebSocketIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientOptions.of(URI.create("http://localhost:3003/rtc")))
                .withMessageContaining("ws://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate-limited", "quota-exceeded"})
    void whatIsTooMuchIsSentAgainWhenTheServerHasSaid(String code) {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        a.send(signal("2"));
        scene.link().sent();
        scene.link().say("{'type':'error','code':'busy','message':'m','session_id':'a'}");
        scene.link().say("{'type':'error','code':'" + code + "','message':'m','session_id':'a','retry_after_ms':700}");
        scene.link().say("{'type':'error','code':'" + code + "','message':'m','session_id':'a','retry_after_ms':200}");
        scene.timer.advanceMillis(699);
        assertThat(scene.link().sent()).isEmpty();
        scene.timer.advanceMillis(1);
        assertThat(seqs()).containsExactly(1L, 2L);
    }

    @Test
    void eachSessionWaitsForItsOwnTime() {
        scene.welcome();
        List<Peer> peers = List.of(scene.peer("a", notes), scene.peer("b", notes), scene.peer("c", notes));
        peers.forEach(peer -> peer.send(signal("1")));
        scene.link().sent();
        List.of("a 900", "b 300", "c 600")
                .forEach(asked -> scene.link()
                        .say("{'type':'error','code':'rate-limited','message':'m','session_id':'" + asked.charAt(0)
                                + "','retry_after_ms':" + asked.substring(2) + "}"));
        scene.timer.advanceMillis(300);
        assertThat(scene.link().sent()).hasSize(1).first().asString().contains("'b'".replace('\'', '"'));
        scene.timer.advanceMillis(600);
        assertThat(scene.link().sent()).hasSize(2);
    }

    @Test
    void aRefusalThatNamesNoSessionIsOneOfEach() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        scene.peer("b", notes);
        a.send(signal("1"));
        message("b", 1, "x", "ex", 1);
        scene.timer.advanceMillis(20);
        scene.link().sent();
        scene.link().say("{'type':'error','code':'rate-limited','message':'m','retry_after_ms':500}");
        scene.timer.advanceMillis(520);
        assertThat(scene.link().sent())
                .hasSize(2)
                .anyMatch(frame -> frame.contains("\"seq\":1"))
                .anyMatch(frame -> frame.contains("\"ack\""));
    }

    @Test
    void aCreateThatIsTooMuchIsSentAgainOrFailsByItsName() {
        scene.welcome();
        CompletableFuture<Peer> peer = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link().say(refusal("rate-limited"));
        scene.timer.advanceMillis(1_499);
        assertThat(scene.link().sent("create-peer")).hasSize(1);
        scene.timer.advanceMillis(1);
        assertThat(scene.link().sent("create-peer")).hasSize(1);
        scene.link().say(refusal("quota-exceeded"));
        assertThat(peer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .satisfies(failure -> {
                    TokenlyException named = (TokenlyException) failure;
                    assertThat(named.code()).isEqualTo("quota-exceeded");
                    assertThat(named.retryable()).isTrue();
                    assertThat(named.retryAfter()).contains(Duration.ofMillis(1_500));
                });
    }

    private static String refusal(String code) {
        return "{'type':'peer-created','session_id':'a','success':false,'error':{'code':'" + code
                + "','message':'m','retry_after_ms':1500}}";
    }

    private void acknowledged(Peer peer, int signals) {
        for (int i = 0; i < signals; i++) {
            peer.send(signal("x"));
        }
        scene.link().say("{'type':'ack','received':{'" + peer.sessionId() + "':" + signals + "}}");
        scene.link().sent();
    }

    /** The one session that the last {@code resume} on that connection asks for. */
    private static JsonObject resumeItem(FakeTransport.FakeLink link) {
        List<JsonObject> resumes = link.sent("resume");
        return (JsonObject)
                resumes.get(resumes.size() - 1).array("sessions").orElseThrow().get(0);
    }

    @Test
    void aSessionThatIsGoneIsCreatedAgainWithTheSameKey() {
        scene.welcome();
        CompletableFuture<Peer> created =
                scene.client.createPeer("a", "r", notes).toCompletableFuture();
        JsonObject first = scene.link().sent("create-peer").get(0);
        scene.link().say("{'type':'peer-created','session_id':'a','success':true,'peers':[],'epoch':'e1'}");
        Peer a = created.join();
        CompletableFuture<Receipt> lost = a.send(signal("1")).toCompletableFuture();
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'gone','reason':'unknown-session'}");
        assertThat(outcome(lost)).isEqualTo("session-lost");
        assertThat(scene.link().sent("create-peer")).containsExactly(first.with("attempt", 2));
        CompletableFuture<Receipt> next = a.send(signal("2")).toCompletableFuture();
        scene.link().say("{'type':'peer-created','session_id':'a','success':true,'peers':['b'],'epoch':'e2'}");
        assertThat(seqs()).containsExactly(1L);
        scene.link().say("{'type':'ack','received':{'a':1}}");
        assertThat(next).isCompletedWithValue(new Receipt("e2", 1));
        assertThat(notes.taken()).containsExactly("created []", "reset gone [b]");
    }

    @Test
    void aSessionOfSomebodyElseEnds() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<Receipt> lost = a.send(signal("1")).toCompletableFuture();
        scene.reconnect();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'gone','reason':'unknown-session'}");
        assertThat(outcome(lost)).isEqualTo("session-lost");
        assertThat(scene.link().sent("create-peer")).hasSize(1);
        scene.link()
                .say(
                        "{'type':'peer-created','session_id':'a','success':false,'error':{'code':'session-in-use','message':'m'}}");
        assertThat(notes.taken()).containsExactly("ended session-in-use");
        assertThat(outcome(a.send(signal("2")).toCompletableFuture())).isEqualTo("closed");
    }

    @Test
    void aSessionThatIsTakenOverIsToldSoAndNothingElse() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<Receipt> lost = a.send(signal("1")).toCompletableFuture();
        scene.link().say("{'type':'taken-over','session_id':'a'}");
        assertThat(outcome(lost)).isEqualTo("session-lost");
        scene.link().listener.closed(4010, "");
        assertThat(notes.taken()).containsExactly("taken over");
        assertThat(scene.client.state()).isEqualTo(ClientState.CLOSED);
    }

    @Test
    void takesASessionOverFromWhereItsCredentialsSay() {
        scene.welcome();
        Credentials of = new Credentials("a", "r", "k".repeat(43), "e1", 5, 3, 2);
        CompletableFuture<Peer> peer = scene.client.takeOver(of, notes).toCompletableFuture();
        assertThat(scene.link().sent("resume").get(0).toString())
                .contains("\"resume_key\":\"" + "k".repeat(43) + "\",\"epoch\":\"e1\",\"received\":5");
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'new-instance','epoch':'e2','peers':[]}");
        assertThat(peer).isCompleted();
        assertThat(notes.taken()).containsExactly("reset new-instance []");
    }

    @Test
    void aSessionThatTheConnectionDoesNotHoldIsAskedForAgain() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        a.send(signal("2"));
        scene.link().sent();
        scene.link().say("{'type':'error','code':'unknown-session','message':'m','session_id':'a'}");
        scene.link().say("{'type':'error','code':'unknown-session','message':'m','session_id':'a'}");
        assertThat(scene.link().sent("resume")).hasSize(1);
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0}");
        assertThat(seqs()).containsExactly(1L, 2L);
    }

    @Test
    void leavesByDestroyPeerAlsoOverALostConnection() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<?> gone = a.destroy().toCompletableFuture();
        assertThat(scene.link().sent()).containsExactly("{\"type\":\"destroy-peer\",\"session_id\":\"a\"}");
        assertThat(outcome(a.send(signal("1")).toCompletableFuture())).isEqualTo("closed");
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0}");
        assertThat(scene.link().sent("destroy-peer")).hasSize(1);
        scene.link().say("{'type':'peer-destroyed','session_id':'a'}");
        assertThat(gone).isCompleted();
        assertThat(notes.taken()).containsExactly("resumed 0 0 0", "ended destroyed");
    }

    @Test
    void leavesOnceWhatWasSentBeforeIsAcknowledged() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        for (int i = 0; i < 300; i++) { // more than may be under way at once
            a.send(signal("before"));
        }
        a.destroy();
        scene.link().say("{'type':'ack','received':{'a':256}}");
        assertThat(scene.link().sent("destroy-peer")).isEmpty();
        scene.link().say("{'type':'ack','received':{'a':300}}");
        assertThat(scene.link().sent("destroy-peer")).hasSize(1);
    }

    @Test
    void waitsLongerEachTimeWhatItSendsCannotBeTaken() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        a.send(signal("1"));
        for (int wait : List.of(100, 200, 400, 800, 1_600, 3_200, 3_200)) {
            scene.link().sent();
            scene.link().say("{'type':'error','code':'busy','message':'m','session_id':'a'}");
            scene.timer.advanceMillis(wait - 1);
            assertThat(scene.link().sent("message")).isEmpty();
            scene.timer.advanceMillis(1);
            assertThat(seqs()).containsExactly(1L);
        }
        scene.link().say("{'type':'error','code':'busy','message':'m','session_id':'a','received':1}");
        scene.timer.advanceMillis(3_200);
        scene.link().say("{'type':'error','code':'busy','message':'m','session_id':'a'}");
        scene.link().sent();
        a.send(signal("2"));
        scene.timer.advanceMillis(200);
        assertThat(seqs())
                .as("something was taken: it begins with short waits again")
                .containsExactly(2L);
    }

    @Test
    void leavingASessionThatTheServerHasForgottenNeedsNothingMore() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        CompletableFuture<?> gone = a.destroy().toCompletableFuture();
        scene.reconnect().sent();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'gone','reason':'unknown-session'}");
        assertThat(gone).isCompleted();
        assertThat(scene.link().sent()).isEmpty();
    }

    @Test
    void tellsOfTheOthersInTheRoomInTheOrderOfTheMailbox() {
        scene.welcome();
        scene.peer("a", notes);
        String[] bodies = {
            "'type':'peer-joined','peer':'b'",
            "'type':'peer-away','peer':'b'",
            "'type':'peer-back','peer':'b'",
            "'type':'peer-restarted','peer':'b','reason':'new-instance'",
            "'type':'undeliverable','to':'c','reason':'unknown-peer','seqs':[1,2]",
            "'type':'something-new'",
            "'type':'peer-left','peer':'b','reason':'expired'"
        };
        for (int i = 0; i < bodies.length; i++) {
            scene.link().say("{'session_id':'a','seq':" + (i + 1) + "," + bodies[i] + "}");
        }
        assertThat(notes.taken())
                .containsExactly(
                        "joined b",
                        "away b",
                        "back b",
                        "restarted b new-instance",
                        "undeliverable c [1, 2] unknown-peer",
                        "left b expired");
        scene.timer.advanceMillis(20);
        assertThat(scene.link().sent()).containsExactly("{\"type\":\"ack\",\"received\":{\"a\":7}}");
    }

    @Test
    void whatIsTooLargeOrHasABadIdTakesNoNumber() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        String frame = "{\"type\":\"message\",\"session_id\":\"a\",\"to\":\"b\",\"seq\":1,\"text\":\"\"}";
        CompletableFuture<?> tooLarge =
                a.send(signal("ä".repeat((65_536 - frame.length()) / 2 + 1))).toCompletableFuture();
        CompletableFuture<?> badId = a.send(Signal.to("x\u0000", Signal.Kind.OFFER, JsonObject.EMPTY))
                .toCompletableFuture();
        assertThat(outcome(tooLarge)).isEqualTo("frame-too-large");
        assertThat(outcome(badId)).isEqualTo("bad-id");
        a.send(signal("x".repeat(65_536 - frame.length())));
        List<String> sent = scene.link().sent();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)).hasSize(65_536).contains("\"seq\":1,");
        assertThat(outcome(scene.client.createPeer("", "r", notes).toCompletableFuture()))
                .isEqualTo("bad-id");
        assertThat(outcome(scene.client.createPeer("c", "__proto__", notes).toCompletableFuture()))
                .isEqualTo("bad-id");
        assertThat(outcome(scene.client.createPeer("a", "r", notes).toCompletableFuture()))
                .isEqualTo("session-exists");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.toAll(Signal.Kind.OFFER, JsonObject.EMPTY.with("seq", 1)));
    }

    @Test
    void theLimitOfAFrameIsTheServersAndIsNamed() {
        scene.link().say(Scene.WELCOME.replace("65536", "1048576"));
        Peer a = scene.peer("a", notes);
        assertThat(outcome(a.send(signal("x".repeat(1_000_000))).toCompletableFuture()))
                .isEqualTo("open");
        assertThat(a.send(signal("x".repeat(1_048_576))).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("at most 1048576");
    }

    @Test
    void theOutboxHasABoundThatEachAckWidens() {
        Scene small = new Scene(Scene.OPTIONS.withOutbox(2, 1_000));
        small.welcome();
        Peer a = small.peer("a", notes);
        a.send(signal("1"));
        a.send(signal("2"));
        assertThat(outcome(a.send(signal("3")).toCompletableFuture())).isEqualTo("outbox-full");
        small.link().say("{'type':'ack','received':{'a':1}}");
        assertThat(outcome(a.send(signal("x".repeat(1_000))).toCompletableFuture()))
                .isEqualTo("outbox-full");
        assertThat(outcome(a.send(signal("3")).toCompletableFuture())).isEqualTo("open");
        assertThat(outcome(a.send(signal("4")).toCompletableFuture())).isEqualTo("outbox-full");
    }

    @Test
    void noMoreThanAWindowIsUnderWayAtOnce() {
        scene.welcome();
        Peer a = scene.peer("a", notes);
        for (int i = 0; i < 300; i++) {
            a.send(signal("x"));
        }
        assertThat(seqs()).hasSize(256);
        scene.link().say("{'type':'ack','received':{'a':10}}");
        assertThat(seqs()).hasSize(10).first().isEqualTo(257L);
    }

    private void message(String session, long seq, String from, String epoch, long sourceSeq) {
        scene.link()
                .say("{'type':'message','session_id':'" + session + "','from':'" + from + "','seq':" + seq
                        + ",'source':{'epoch':'" + epoch + "','seq':" + sourceSeq + "},'to':'a'}");
    }

    private List<Long> seqs() {
        return scene.link().sent("message").stream()
                .map(frame -> frame.whole("seq").orElseThrow())
                .toList();
    }
}
