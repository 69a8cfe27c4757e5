package tokenly.tool.verify.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.client.Delivery;
import tokenly.client.Receipt;
import tokenly.client.Signal;
import tokenly.client.json.JsonObject;
import tokenly.tool.verify.history.EventText;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.Terms;
import tokenly.tool.verify.history.Topology;
import tokenly.tool.verify.schedule.FaultSchedule;

/** What is written down of frames and calls. */
class TapTest {

    private final Topology topology = new Topology(2, 2);
    private final History history = new History(
            topology,
            new Terms(Duration.ofMinutes(1), 10, 10, true, false),
            FaultSchedule.calm(2),
            () -> Duration.ZERO);
    private final Recorder recorder = new Recorder(history);
    private final RunIds names = new RunIds("run");
    private final ClientProgram program = new ClientProgram(0, topology, names, recorder);
    private final Tap tap = new Tap(recorder, new Epochs());

    TapTest() {
        tap.add(names.sessionId(0), program);
    }

    private List<String> written() {
        EventText words = new EventText(history);
        List<String> lines = new ArrayList<>();
        history.each(event -> lines.add(words.what(event)));
        return lines;
    }

    private static String frame(String json) {
        return json.replace('\'', '"').replace("SELF", "verify-run-0").replace("OTHER", "verify-run-1");
    }

    @Test
    void whatGoesOutIsWrittenDown() {
        tap.out(3, frame("{'type':'create-peer','session_id':'SELF','room_id':'r'}"));
        tap.out(3, frame("{'type':'resume','sessions':[{'session_id':'SELF','received':7,'sent':9}]}"));
        tap.out(3, frame("{'type':'message','session_id':'SELF','seq':10,'number':4}"));
        tap.out(3, frame("{'type':'ack','received':{'SELF':8,'OTHER':1}}"));
        tap.out(3, frame("{'type':'ping'}"));
        assertThat(written())
                .containsExactly(
                        "s0 asks for a new session (connection 3)",
                        "s0 resumes: received 7, sent 9 (connection 3)",
                        "s0 sent seq 10 (connection 3)",
                        "s0 acknowledged up to 8 (connection 3)");
    }

    @Test
    void whatAStoreHasLostIsWrittenDownByTheSignalsOfItsEpoch() {
        tap.in(1, frame("{'type':'peer-created','session_id':'SELF','success':true,'epoch':'a'}"));
        tap.out(1, frame("{'type':'message','session_id':'SELF','seq':1,'number':4}"));
        tap.out(1, frame("{'type':'message','session_id':'SELF','seq':2,'number':5}"));
        program.lost("a", 2, 2);
        tap.in(
                2,
                frame(
                        "{'type':'resumed','session_id':'SELF','outcome':'reset','epoch':'b','reason':'store-went-back'}"));
        tap.out(2, frame("{'type':'message','session_id':'SELF','seq':1,'number':6}"));
        program.lost("a", 1, 1);
        assertThat(written())
                .contains(
                        "s0 was told that #5 to all is lost: store-went-back",
                        "s0 was told that #4 to all is lost: store-went-back");
    }

    @Test
    void whatVisitorsDoIsNoNonsenseAndNotWrittenDown() {
        String visitor = names.visitorId(1, 2, 3);
        program.joined(visitor);
        program.left(visitor, "left");
        program.undeliverable(visitor, List.of(1L), "away");
        assertThat(written()).isEmpty();
        program.joined("verify-run-guest");
        assertThat(written()).containsExactly("s0 processed what was never sent");
    }

    @Test
    void whatComesInIsWrittenDown() {
        tap.opened(1);
        tap.in(1, frame("{'type':'peer-created','session_id':'SELF','success':true,'epoch':'a'}"));
        tap.in(1, frame("{'type':'message','session_id':'SELF','seq':1,'from':'OTHER'}"));
        tap.in(1, frame("{'type':'ack','received':{'SELF':5}}"));
        tap.lost(1, 1006, "");
        tap.in(
                2,
                frame("{'type':'resumed','session_id':'SELF','outcome':'resumed','epoch':'a','received':5,'last':6}"));
        tap.in(3, frame("{'type':'resumed','session_id':'SELF','outcome':'reset','epoch':'b','reason':'overflow'}"));
        tap.in(4, frame("{'type':'resumed','session_id':'SELF','outcome':'gone','reason':'unknown-session'}"));
        tap.in(
                4,
                frame("{'type':'peer-created','session_id':'SELF','success':false,'error':{'code':'session-in-use'}}"));
        assertThat(written())
                .containsExactly(
                        "s0 is connected (connection 1)",
                        "s0 is created, epoch 1 (connection 1)",
                        "s0 received seq 1 (connection 1)",
                        "s0 was acknowledged up to 5 (connection 1)",
                        "s0 lost its connection, 1006 (connection 1)",
                        "s0 is resumed: received 5, last 6 (connection 2)",
                        "s0 is reset, epoch 2: overflow (connection 3)",
                        "s0 is gone (connection 4)",
                        "s0 is denied: session-in-use (connection 4)");
    }

    @Test
    void anUndeliverableNumberIsNamedByTheSignalItStoodFor() {
        tap.out(1, frame("{'type':'message','session_id':'SELF','to':'OTHER','seq':2,'number':17}"));
        program.undeliverable(names.sessionId(1), List.of(2L), "overflow");
        assertThat(written()).endsWith("s0 was told that #17 to s1 is lost: overflow");
    }

    @Test
    void aSignalIsProcessedOnlyIfItIsJustAsItWasSent() {
        JsonObject fields = new Payload(1, 4).fields();
        deliver(1, fields);
        deliver(0, fields);
        deliver(1, fields.with("number", 5));
        deliver(1, JsonObject.EMPTY);
        assertThat(written())
                .containsExactly(
                        "s0 processed #4 of s1",
                        "s0 processed what was never sent",
                        "s0 processed what was never sent",
                        "s0 processed what was never sent");
    }

    private void deliver(int from, JsonObject fields) {
        program.signal(new Delivery(Signal.Kind.MESSAGE, names.sessionId(from), null, 1, new Receipt("e", 1), fields));
    }

    @Test
    void anEndThatWasNotAskedForIsWrittenDown() {
        program.ended("session-in-use");
        assertThat(written()).containsExactly("s0 was told that its session has ended: session-in-use");
    }
}
