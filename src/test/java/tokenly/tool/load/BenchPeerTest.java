package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchPeerTest {

    private static final String WELCOME = "{\"type\":\"welcome\",\"connection\":\"c\"}";
    private static final String CREATED =
            "{\"type\":\"peer-created\",\"session_id\":\"a\",\"success\":true,\"room_id\":\"r\",\"epoch\":\"e1\",\"peers\":[]}";

    private final FakeClient client = new FakeClient();
    private final List<String> heard = new ArrayList<>();

    private final BenchListener listener = new BenchListener() {

        @Override
        public void joined() {
            heard.add("joined");
        }

        @Override
        public void heard() {
            heard.add("heard");
        }

        @Override
        public void left() {
            heard.add("left");
        }

        @Override
        public void failed(String reason) {
            heard.add(reason);
        }
    };

    private BenchPeer resumable;
    private BenchPeer plain;

    @BeforeEach
    void prepare() {
        PeerAddress address = new PeerAddress("a", "b", "r", 200);
        resumable = ServerUnderTest.TOKENLY.member(client, address, listener);
        plain = ServerUnderTest.PLAIN.member(client, address, listener);
    }

    private static String message(int seq) {
        return "{\"type\":\"message\",\"session_id\":\"a\",\"from\":\"b\",\"seq\":" + seq
                + ",\"source\":{\"epoch\":\"e2\",\"seq\":7},\"data\":\"x\"}";
    }

    @Test
    void aResumablePeerIsInOnceItsSessionIsCreated() {
        resumable.join();
        client.open(WELCOME);
        assertThat(heard).isEmpty();
        client.say(CREATED);
        assertThat(heard).containsExactly("joined");
        assertThat(client.sent)
                .singleElement()
                .asString()
                .contains("\"create-peer\"", "\"resume_key\"", "\"attempt\":1}");
    }

    @Test
    void whatTheServerSaysOfItsTokenIsNoAcknowledgement() {
        resumable.join();
        client.open(
                "{\"type\":\"authenticated\",\"sub\":\"a\",\"expires_in_ms\":600000}",
                "{\"type\":\"token-expiring\",\"expires_in_ms\":30000}");
        assertThat(resumable.answeredFor()).isZero();
        assertThat(heard).isEmpty();
    }

    @Test
    void itAcknowledgesInOneFrameTenMillisecondsAfterTheFirst() {
        resumable.join();
        client.open(WELCOME, CREATED, "{\"type\":\"peer-joined\",\"session_id\":\"a\",\"seq\":1,\"peer\":\"b\"}");
        client.sent.clear();
        client.say(message(2), message(3));
        assertThat(heard).containsExactly("joined", "heard", "heard");
        assertThat(client.sent).isEmpty();
        assertThat(client.delaysMillis).containsExactly(10L);
        client.pass();
        assertThat(client.sent).containsExactly("{\"type\":\"ack\",\"received\":{\"a\":3}}");
        client.say(message(4));
        assertThat(client.delaysMillis).containsExactly(10L, 10L);
    }

    @Test
    void whatIsDoubledOrMissingIsAFault() {
        resumable.join();
        client.open(WELCOME, CREATED, message(1), message(1), message(3));
        assertThat(heard).containsExactly("joined", "heard", "out-of-order", "out-of-order");
    }

    @Test
    void itTakesAcks() {
        resumable.join();
        client.open(WELCOME, CREATED);
        resumable.say();
        resumable.say();
        assertThat(client.sent.get(2)).contains("\"seq\":2,").hasSize(200);
        assertThat(resumable.answeredFor()).isZero();
        client.say("{\"type\":\"ack\",\"received\":{\"a\":2}}");
        assertThat(resumable.answeredFor()).isEqualTo(2).isEqualTo(resumable.sent());
    }

    @Test
    void whoWasCutResumesFromWhereItWas() {
        resumable.join();
        client.open(WELCOME, CREATED, message(1));
        resumable.cut();
        resumable.join();
        client.sent.clear();
        client.open(WELCOME);
        assertThat(client.sent)
                .singleElement()
                .asString()
                .contains("\"resume\"", "\"attempt\":2,", "\"epoch\":\"e1\",\"received\":1,\"sent\":0}");
        client.say("{\"type\":\"resumed\",\"session_id\":\"a\",\"outcome\":\"resumed\",\"epoch\":\"e1\"}", message(2));
        assertThat(heard).containsExactly("joined", "heard", "joined", "heard");
    }

    @Test
    void whatTheServerRefusesIsAFault() {
        resumable.join();
        client.open(WELCOME, "{\"type\":\"peer-created\",\"session_id\":\"a\",\"success\":false}");
        client.say("{\"type\":\"resumed\",\"session_id\":\"a\",\"outcome\":\"gone\"}");
        client.say("{\"type\":\"error\",\"session_id\":\"a\",\"code\":\"busy\",\"message\":\"\"}");
        assertThat(heard).containsExactly("refused", "not-resumed", "busy");
    }

    @Test
    void aPlainPeerIsInWithTheFirstAnswer() {
        plain.join();
        client.open("joined", "{\"seq\":1,\"data\":\"\"}", "{\"seq\":3,\"data\":\"\"}");
        assertThat(client.sent).containsExactly("r");
        assertThat(heard).containsExactly("joined", "heard", "out-of-order");
    }

    @Test
    void whoSaysGoodbyeHasLeftAndWhoIsLostHasFailed() {
        plain.join();
        plain.leave();
        assertThat(heard).containsExactly("left");
        resumable.join();
        client.connect(resumable).abort();
        assertThat(heard).containsExactly("left", "aborted");
    }
}
