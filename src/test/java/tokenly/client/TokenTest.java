package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static tokenly.client.Scene.outcome;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.CapturedLog;

/** How a client shows its token, and renews it: PROTOCOL.md, "Tokens". */
class TokenTest {

    private static final String WELCOME =
            Scene.WELCOME.replace("'connection'", "'features':['leave','auth'],'token':'required','connection'");
    private static final String EXPIRING = "{'type':'token-expiring','expires_in_ms':30000}";

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(Authentication.class.getName());

    private final Notes notes = new Notes();
    private final List<CompletableFuture<String>> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /** Answers by {@link #asked} when the test says so. */
    private CompletionStage<String> ask() {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
    }

    private void answer(String token) {
        asked.get(asked.size() - 1).complete(token);
    }

    private Scene scene(ClientOptions options) {
        return new Scene(options, new ClientListener() {
            @Override
            public void lost(long attempt, int code, String reason) {
                told.add(code + " " + reason);
            }

            @Override
            public void tokenNotRenewed(TokenlyException failure) {
                told.add(failure.code());
            }
        });
    }

    private Scene scene() {
        return scene(Scene.OPTIONS.withToken(this::ask));
    }

    private static String auth(String token) {
        return "{\"type\":\"auth\",\"token\":\"" + token + "\"}";
    }

    private static List<String> types(FakeTransport.FakeLink link) {
        return link.sent().stream()
                .map(frame -> frame.replaceFirst("\\{\"type\":\"([a-z-]+).*", "$1"))
                .toList();
    }

    @Test
    void isAskedForBeforeEachConnectionAndShownBeforeAnythingElse() {
        Scene scene = scene();
        scene.client.createPeer("a", "r", notes);
        assertThat(scene.transport.links).isEmpty();
        answer("t1");
        scene.link().say(WELCOME);
        assertThat(scene.link().sent()).hasSize(2).first().isEqualTo(auth("t1"));
        scene.link().say("{'type':'authenticated','sub':'a','expires_in_ms':600000}");
        scene.link().say("{'type':'peer-created','session_id':'a','success':true,'peers':[],'epoch':'e1'}");
        scene.link().listener.closed(1006, "cut");
        scene.client.reconnectNow();
        answer("t2");
        scene.link().say(WELCOME);
        assertThat(scene.link().sent("auth")).hasSize(1).first().hasToString(auth("t2"));
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void isNotShownToAnOlderServer() {
        Scene scene = scene(Scene.OPTIONS.withToken("t1"));
        scene.client.createPeer("a", "r", notes);
        scene.link().say(LeavingTest.WELCOME);
        assertThat(types(scene.link())).containsExactly("create-peer");
    }

    @Test
    void thatCannotBeHadFailsItsAttemptByName() {
        List<Supplier<CompletionStage<String>>> bad = List.of(
                () -> {
                    throw new IllegalStateException("no login");
                },
                () -> CompletableFuture.failedStage(new IllegalStateException("no login")),
                () -> CompletableFuture.completedStage(" "));
        for (Supplier<CompletionStage<String>> source : bad) {
            Scene scene = scene(Scene.OPTIONS.withToken(source));
            assertThat(scene.client.state()).isEqualTo(ClientState.WAITING);
            assertThat(scene.transport.links).isEmpty();
        }
        assertThat(told)
                .hasSize(3)
                .allMatch(reason -> reason.startsWith("1006 token-failed: "))
                .last()
                .isEqualTo("1006 token-failed: the function returned no token");
    }

    @Test
    void thatItsFunctionShowsInAnExceptionStandsInNoReason() {
        scene();
        asked.get(0).completeExceptionally(new IllegalStateException("bad: secret"));
        assertThat(told).containsExactly("1006 token-failed: the function failed with java.lang.IllegalStateException");
    }

    @Test
    void thatItsFunctionShowsInAnExceptionStandsInNoMessageAndNoLogOfARenewal() {
        List<TokenlyException> failures = new ArrayList<>();
        Scene scene = new Scene(Scene.OPTIONS.withToken(this::ask), new ClientListener() {
            @Override
            public void tokenNotRenewed(TokenlyException failure) {
                failures.add(failure);
            }
        });
        answer("t1");
        scene.link().say(WELCOME);
        IllegalStateException cause = new IllegalStateException("bad: secret");
        scene.link().say(EXPIRING);
        asked.get(1).completeExceptionally(cause);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessage("token-failed: the function failed with java.lang.IllegalStateException")
                        .hasCause(cause));
        assertThat(log.lines(Level.WARNING))
                .containsExactly("the token cannot be renewed: token-failed: the function failed with"
                        + " java.lang.IllegalStateException");
    }

    @Test
    void thatComesTooLateForItsAttemptIsNotUsed() {
        Scene scene = scene();
        scene.timer.advanceMillis(9_999);
        assertThat(told).isEmpty();
        scene.timer.advanceMillis(1);
        assertThat(told).containsExactly("1006 token-failed: the function returned none in time");
        scene.timer.advanceMillis(1_000);
        asked.get(0).complete("late");
        assertThat(scene.transport.links).isEmpty();
        answer("t2");
        scene.link().say(WELCOME);
        assertThat(scene.link().sent()).containsExactly(auth("t2"));
    }

    @Test
    void isRenewedOnTheSameConnection() {
        Scene scene = scene();
        answer("t1");
        scene.link().say(WELCOME);
        scene.link().sent();
        scene.link().say(EXPIRING);
        answer("t2");
        assertThat(scene.link().sent()).containsExactly(auth("t2"));
        scene.link().say("{'type':'authenticated','sub':'a','expires_in_ms':600000}");
        assertThat(scene.transport.links).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void isAskedForAgainUntilItExpiresWhereARenewalFails() {
        Scene scene = scene();
        answer("t1");
        scene.link().say(WELCOME);
        scene.link().sent();
        scene.link().say(EXPIRING);
        asked.get(1).completeExceptionally(new IllegalStateException("no login"));
        assertThat(told).containsExactly("token-failed");
        scene.timer.advanceMillis(3_000);
        assertThat(asked).hasSize(3);
        scene.link().listener.heard();
        scene.timer.advanceMillis(10_000);
        assertThat(told).as("it takes too long").hasSize(2);
        scene.timer.advanceMillis(3_000);
        asked.get(2).complete("late");
        assertThat(scene.link().sent("auth")).isEmpty();
        answer("t4");
        assertThat(scene.link().sent()).containsExactly(auth("t4"));
    }

    @Test
    void isAskedForNoMoreOnceItHasExpiredOrTheConnectionIsGone() {
        Scene scene = scene();
        answer("t1");
        scene.link().say(WELCOME);
        scene.link().sent();
        scene.link().say("{'type':'token-expiring','expires_in_ms':1000}");
        for (int i = 0; i < 20; i++) {
            asked.get(asked.size() - 1).completeExceptionally(new IllegalStateException("no login"));
            scene.timer.advanceMillis(100);
        }
        assertThat(asked).hasSize(1 + 10);
        scene.link().say(EXPIRING);
        scene.client.close();
        answer("late");
        assertThat(types(scene.link())).doesNotContain("auth");
        scene.link().listener.closed(1000, "");
        assertThat(scene.timer.pending()).isZero();
    }

    @Test
    void thatIsFixedCannotBeRenewedWhichIsToldOnce() {
        Scene scene = scene(Scene.OPTIONS.withToken("t1"));
        scene.link().say(WELCOME);
        scene.link().sent();
        scene.link().say(EXPIRING);
        scene.timer.advanceMillis(9_000);
        assertThat(told).containsExactly("token-not-renewable");
        assertThat(scene.link().sent()).isEmpty();
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void thatHasExpiredIsReplacedAtOnceButNotAgainAndAgain() {
        Scene scene = new Scene(Scene.OPTIONS.withToken(this::ask));
        for (long delay : new long[] {0, 2_000}) {
            answer("t");
            scene.link().say(WELCOME);
            scene.link().listener.closed(4001, "the token has expired");
            assertThat(scene.told.get(scene.told.size() - 1)).endsWith(" in " + delay);
            scene.timer.advanceMillis(delay);
        }
        assertThat(asked).hasSize(3);
    }

    @Test
    void thatIsRefusedEndsTheClientWithTheReasonOfTheServer() {
        Scene scene = scene(Scene.OPTIONS.withToken("t1"));
        CompletableFuture<Peer> a = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link().say(WELCOME);
        scene.link().listener.closed(4003, "the token is revoked");
        assertThat(scene.client.state()).isEqualTo(ClientState.CLOSED);
        assertThat(notes.taken()).containsExactly("ended not-allowed");
        CompletableFuture<Peer> later = scene.client.createPeer("b", "r", notes).toCompletableFuture();
        for (CompletableFuture<Peer> peer : List.of(a, later)) {
            assertThat(outcome(peer)).isEqualTo("not-allowed");
            assertThat(peer).isCompletedExceptionally();
            assertThat(peer.handle((none, failure) -> String.valueOf(failure)).join())
                    .contains("the token is revoked");
        }
    }

    @Test
    void thatIsMissingEndsTheClientWhichSaysWhatToDo() {
        Scene scene = scene(Scene.OPTIONS);
        CompletableFuture<Peer> a = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link().say(WELCOME);
        assertThat(outcome(a)).isEqualTo("unauthorized");
        assertThat(told).singleElement().asString().contains("unauthorized", "ClientOptions.withToken");
        assertThat(scene.link().isAborted).isTrue();
        assertThat(scene.client.closed().toCompletableFuture()).isCompleted();
        scene.timer.advanceMillis(100_000);
        assertThat(scene.transport.links).hasSize(1);
        assertThat(scene.timer.pending()).isZero();
    }

    @Test
    void inTheAddressIsOneWhereTheServerRequiresIt() {
        Scene scene = scene(ClientOptions.of(URI.create("ws://localhost/rtc?room=r&access_token=jwt")));
        scene.client.createPeer("a", "r", notes);
        scene.link().say(WELCOME);
        assertThat(types(scene.link())).containsExactly("create-peer");
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void aPeerThatItDoesNotAllowFailsByNameAndIsNotTriedAgain() {
        Scene scene = scene(Scene.OPTIONS.withToken("t1"));
        CompletableFuture<Peer> a = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link().say(WELCOME);
        scene.link().sent();
        scene.link()
                .say("{'type':'peer-created','session_id':'a','success':false,"
                        + "'error':{'code':'not-allowed','message':'the token does not allow this'}}");
        assertThat(outcome(a)).isEqualTo("not-allowed");
        scene.timer.advanceMillis(9_000);
        assertThat(scene.link().sent()).isEmpty();
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void aSignalThatItDoesNotAllowIsReportedAlsoWhereItWasForAll() {
        Scene scene = scene(Scene.OPTIONS.withToken("t1"));
        scene.link().say(WELCOME);
        scene.peer("a", notes);
        scene.link()
                .say("{'type':'undeliverable','session_id':'a','seq':1,'to':'b','seqs':[1],'reason':'not-allowed'}");
        scene.link().say("{'type':'undeliverable','session_id':'a','seq':2,'seqs':[2],'reason':'not-allowed'}");
        assertThat(notes.taken())
                .containsExactly("undeliverable b [1] not-allowed", "undeliverable null [2] not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void thatIsEmptyIsRefusedAtOnce(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> Scene.OPTIONS.withToken(token));
    }

    @Test
    void isSeenByNoListenerAndStandsInNoText() {
        List<String> seen = new ArrayList<>();
        ClientOptions options = Scene.OPTIONS.withToken("secret").withFrames(new FrameTap() {
            @Override
            public void out(long attempt, String frame) {
                seen.add(frame);
            }

            @Override
            public void in(long attempt, String frame) {}
        });
        Scene scene = scene(options);
        scene.link().say(WELCOME);
        assertThat(seen).containsExactly("{\"type\":\"auth\"}");
        assertThat(options.toString()).doesNotContain("secret");
    }
}
