package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.client.json.JsonObject;

/** Who is in the room, who is away, and for whom a signal is meant. */
class PresenceTest {

    private final Scene scene = new Scene();
    private final Notes notes = new Notes();
    private int seq;

    private Peer created(String room) {
        scene.welcome();
        CompletableFuture<Peer> peer = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link()
                .say("{'type':'peer-created','session_id':'a','success':true,'room_id':'r','epoch':'e1'," + room + "}");
        scene.link().sent();
        return peer.join();
    }

    private void message(String body) {
        scene.link().say("{'session_id':'a','seq':" + ++seq + "," + body + "}");
    }

    private List<String> sent() {
        return scene.link().sent("message").stream()
                .map(frame -> frame.text("to_incarnation").orElse("none"))
                .toList();
    }

    @Test
    void aNewcomerIsToldWhoIsAwayAtOnceAndOnce() {
        created("'peers':['b','c'],'incarnations':['ib','ic'],'away':['c']");
        assertThat(notes.taken()).containsExactly("created [b, c]", "away c");
        message("'type':'peer-away','peer':'c','incarnation':'ic'");
        assertThat(notes.taken()).isEmpty();
        scene.timer.advanceMillis(20);
        assertThat(scene.link().sent("ack").get(0).toString())
                .as("but is taken")
                .contains("\"a\":1");
        message("'type':'peer-back','peer':'c','incarnation':'ic'");
        message("'type':'peer-away','peer':'c','incarnation':'ic'");
        assertThat(notes.taken()).containsExactly("back c", "away c");
    }

    @Test
    void aResetTellsItToo() {
        created("'peers':['b'],'incarnations':['ib']");
        notes.taken();
        scene.reconnect();
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'overflow','epoch':'e2','peers':['b'],'incarnations':['ib'],'away':['b']}");
        assertThat(notes.taken()).containsExactly("reset overflow [b]", "away b");
    }

    @Test
    void whatIsKnownGivesNoCall() {
        created("'peers':['b'],'incarnations':['ib']");
        notes.taken();
        message("'type':'peer-joined','peer':'b','incarnation':'ib'");
        message("'type':'peer-back','peer':'b','incarnation':'ib'");
        message("'type':'peer-left','peer':'c','reason':'left'");
        assertThat(notes.taken()).isEmpty();
        message("'type':'peer-restarted','peer':'b','incarnation':'ib','reason':'new-instance'");
        message("'type':'peer-left','peer':'b','reason':'left'");
        assertThat(notes.taken()).containsExactly("restarted b new-instance", "left b left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"joined", "away"})
    void aNameWithAnotherOwnerLeavesAndJoins(String type) {
        created("'peers':['b'],'incarnations':['ib']");
        notes.taken();
        message("'type':'peer-" + type + "','peer':'b','incarnation':'other'");
        assertThat(notes.taken()).startsWith("left b replaced", "joined b");
    }

    @Test
    void aSnapshotIsComparedWithWhatIsKnown() {
        created("'peers':['gone','other','same','away','back'],'incarnations':['1','2','3','4','5'],'away':['back']");
        notes.taken();
        scene.reconnect();
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0,"
                                + "'peers':['other','same','away','back','new'],'incarnations':['2b','3','4','5','6'],'away':['away','new']}");
        assertThat(notes.taken())
                .containsExactly(
                        "resumed 0 0 0",
                        "left gone unknown",
                        "left other replaced",
                        "joined other",
                        "away away",
                        "back back",
                        "joined new",
                        "away new");
        message("'type':'peer-joined','peer':'new','incarnation':'6'");
        message("'type':'peer-left','peer':'gone','reason':'expired'");
        assertThat(notes.taken()).isEmpty();
    }

    @Test
    void whatTheMailboxSaysOfTheTimeBeforeASnapshotIsNoNews() {
        created("'peers':['b'],'incarnations':['ib']");
        scene.reconnect();
        scene.link()
                .say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':2,"
                        + "'peers':['b'],'incarnations':['ib'],'away':[]}");
        notes.taken();
        message("'type':'peer-joined','peer':'ghost','incarnation':'ig'");
        message("'type':'peer-left','peer':'b','reason':'left'");
        assertThat(notes.taken()).isEmpty();
        message("'type':'peer-left','peer':'b','reason':'left'");
        assertThat(notes.taken()).containsExactly("left b left");
    }

    @Test
    void thatOneBeganAnewBeforeASnapshotIsNewsOfThoseInIt() {
        created("'peers':['b','gone','other'],'incarnations':['ib','ig','io']");
        scene.reconnect();
        scene.link()
                .say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':3,"
                        + "'peers':['b','other'],'incarnations':['ib','io2'],'away':['b']}");
        notes.taken();
        message("'type':'peer-restarted','peer':'gone','incarnation':'ig','reason':'overflow'");
        message("'type':'peer-restarted','peer':'other','incarnation':'io','reason':'overflow'");
        message("'type':'peer-restarted','peer':'b','incarnation':'ib','reason':'overflow'");
        assertThat(notes.taken()).containsExactly("restarted b overflow");
        message("'type':'peer-left','peer':'gone','reason':'left'");
        message("'type':'peer-away','peer':'b','incarnation':'ib'");
        assertThat(notes.taken()).as("nobody has come back by that").isEmpty();
    }

    @Test
    void anAnswerThatCameLateMayListWhoIsThereAfterTheMailbox() {
        created("'peers':[],'incarnations':[],'last':1");
        notes.taken();
        message("'type':'peer-joined','peer':'ghost','incarnation':'ig'");
        assertThat(notes.taken()).isEmpty();
        message("'type':'peer-joined','peer':'b','incarnation':'ib'");
        assertThat(notes.taken()).containsExactly("joined b");
    }

    @Test
    void aResumeWithoutASnapshotChangesNothing() {
        Peer a = created("'peers':['b'],'incarnations':['ib']");
        notes.taken();
        scene.reconnect();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0}");
        assertThat(notes.taken()).containsExactly("resumed 0 0 0");
        assertThat(a.incarnation("b")).contains("ib");
    }

    @Test
    void anOlderServerTellsAsEver() {
        Peer a = created("'peers':['b']");
        notes.taken();
        message("'type':'peer-away','peer':'b'");
        message("'type':'peer-back','peer':'b'");
        message("'type':'peer-left','peer':'b','reason':'expired'");
        message("'type':'peer-joined','peer':'b'");
        assertThat(notes.taken()).containsExactly("away b", "back b", "left b expired", "joined b");
        assertThat(a.incarnation("b")).isEmpty();
        a.send(Scene.signal("x"));
        assertThat(sent()).containsExactly("none");
        message("'type':'peer-away','peer':'b','incarnation':'ib'");
        assertThat(a.incarnation("b")).as("it is a newer one now").contains("ib");
        assertThat(notes.taken()).containsExactly("away b");
    }

    @Test
    void aSignalIsMeantForTheOwnerOfTheMomentWhenItIsSent() {
        Peer a = created("'peers':['b'],'incarnations':['ib']");
        a.send(Scene.signal("1"));
        assertThat(sent()).containsExactly("ib");
        scene.link().listener.closed(1006, "cut");
        a.send(Scene.signal("2"));
        scene.client.reconnectNow();
        scene.welcome();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':1,'last':0}");
        assertThat(sent()).as("also over a loss").containsExactly("ib");
        message("'type':'peer-left','peer':'b','reason':'expired'");
        a.send(Scene.signal("3"));
        message("'type':'peer-joined','peer':'b','incarnation':'other'");
        a.send(Scene.signal("4"));
        a.send(Signal.to("b", Signal.Kind.MESSAGE, JsonObject.EMPTY.with("to_incarnation", "ib")));
        a.send(Signal.toAll(Signal.Kind.MESSAGE, JsonObject.EMPTY));
        assertThat(sent()).containsExactly("none", "other", "ib", "none");
    }

    @Test
    void whereTheServerHasForgottenTheSessionNoOwnerIsKnown() {
        Peer a = created("'peers':['b'],'incarnations':['ib']");
        scene.reconnect();
        scene.link().say("{'type':'resumed','session_id':'a','outcome':'gone','reason':'unknown-session'}");
        assertThat(a.incarnation("b")).isEmpty();
    }

    @Test
    void theIncarnationThatASignalIsMeantForIsNoFieldOfItsDelivery() {
        created("'peers':['b'],'incarnations':['ib']");
        notes.taken();
        message("'type':'message','from':'b','source':{'epoch':'eb','seq':1},'to':'a','to_incarnation':'ia','x':1");
        assertThat(notes.taken()).containsExactly("1 b {\"x\":1}");
    }

    @Test
    void aSignalThatNamesAnIncarnationBadlyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.toAll(Signal.Kind.MESSAGE, JsonObject.EMPTY.with("to_incarnation", "i")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.to("b", Signal.Kind.MESSAGE, JsonObject.EMPTY.with("to_incarnation", 1)));
    }

    @Test
    void asManyIncarnationsAsPeers() {
        created("'peers':[]");
        scene.reconnect();
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'overflow','epoch':'e2','peers':['b'],'incarnations':[]}");
        assertThat(scene.link().isAborted).isTrue();
    }
}
