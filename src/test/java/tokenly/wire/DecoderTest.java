package tokenly.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.protocol.ErrorCode;
import tokenly.protocol.Subprotocol;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;

class DecoderTest {

    private static final SessionId A = new SessionId("a");

    private static Incoming decode(String text) throws BadFrameException {
        return Decoder.decode(text, Subprotocol.PLAIN);
    }

    @Test
    void readsEveryFrame() throws BadFrameException {
        assertThat(decode("{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":\"r\"}"))
                .isEqualTo(new Incoming.CreatePeer(A, new RoomId("r"), null));
        assertThat(decode(" { \"session_id\" : \"a\" , \"type\" : \"destroy-peer\" } "))
                .isEqualTo(new Incoming.DestroyPeer(A));
        assertThat(decode("{\"type\":\"ping\"}")).isEqualTo(new Incoming.Ping(null));
        assertThat(decode("{\"type\":\"ping\",\"id\":{\"a\":[1.0]}}")).isEqualTo(new Incoming.Ping("{\"a\":[1.0]}"));
    }

    @ParameterizedTest
    @CsvSource({"offer,OFFER", "answer,ANSWER", "ice-candidate,ICE_CANDIDATE", "message,MESSAGE"})
    void readsEveryKindOfSignal(String type, Signal.Kind kind) throws BadFrameException {
        assertThat(decode("{\"type\":\"" + type + "\",\"session_id\":\"a\"}"))
                .isEqualTo(new Incoming.Signalling(A, 0, new Signal(kind, null, ""), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":1.0",
                "\"n\":-0",
                "\"n\":1e1000000000",
                "\"n\":12345678901234567890123456789",
                "\"s\":\"\\u00e9\\ud800\\/\"",
                "\"s\":\"\"",
                "\"z\":null,\"b\":true,\"a\":[ ]",
                "\"nested\":{ \"a\" : [1, 2 ,{\"a\":1,\"a\":2}] }",
                "\"\\u006eame\" : 1",
                "\"to\":\"b\",\"x\":false",
                "\"방\":\"😀\"",
            })
    void whatItDoesNotKnowIsKeptToTheByte(String opaque) throws BadFrameException {
        for (String frame : new String[] {
            "{\"type\":\"offer\",\"session_id\":\"a\"," + opaque + "}",
            "{" + opaque + ",\"type\":\"offer\",\"session_id\":\"a\"}",
            "{\"session_id\":\"a\" , " + opaque + " , \"type\":\"offer\"}"
        }) {
            assertThat(((Incoming.Signalling) decode(frame)).signal().opaque()).isEqualTo(opaque);
        }
    }

    @Test
    void whatItDoesNotKnowIsKeptInOneOrderFromAnyPlaces() throws BadFrameException {
        Incoming frame = decode("{\"a\":1, \"type\":\"offer\", \"b\":[2], \"session_id\":\"a\", \"c\":\"3\"}");
        assertThat(((Incoming.Signalling) frame).signal().opaque()).isEqualTo("\"a\":1,\"b\":[2],\"c\":\"3\"");
    }

    @Test
    void aLongValueIsKeptToTheByte() throws BadFrameException {
        String opaque = "\"n\":" + "7".repeat(20_000) + ",\"sdp\":\"" + "x\\r\\n".repeat(10_000) + "\"";
        Incoming frame = decode("{\"type\":\"offer\",\"session_id\":\"a\"," + opaque + "}");
        assertThat(((Incoming.Signalling) frame).signal().opaque()).isEqualTo(opaque);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{",
                "{\"type\":\"offer\"",
                "{\"type\":\"ping\"}x",
                "{\"type\":\"ping\"}{}",
                "{'type':'ping'}",
                "{\"type\":\"ping\",}",
                "{\"type\":NaN}",
                "{\"type\":\"ping\",\"id\":01}",
                "{\"type\":\"a\tb\"}",
                "{\"type\":\"ping\",\"id\":\"a\u001eb\"}",
                "{\"type\":\"ping\"}\u001e{\"type\":\"ping\"}",
                "\ufeff{\"type\":\"ping\"}"
            })
    void notJson(String text) {
        assertBad(text, ErrorCode.BAD_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "1",
                "\"offer\"",
                "[]",
                "[{\"type\":\"ping\"}]",
                "{}",
                "{\"type\":1}",
                "{\"type\":null}",
                "{\"type\":1e1000000000}",
                "{\"Type\":\"ping\"}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"\\u0074ype\":\"ping\"}",
                "{\"type\":\"message\",\"session_id\":\"a\",\"x\":1,\"x\":1}",
                "{\"type\":\"create-peer\",\"session_id\":\"a\"}",
                "{\"type\":\"create-peer\",\"room_id\":\"a\"}",
                "{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":1}",
                "{\"type\":\"destroy-peer\",\"session_id\":1e1000000000}",
                "{\"type\":\"destroy-peer\",\"session_id\":{}}",
                "{\"type\":\"offer\"}",
                "{\"type\":\"offer\",\"session_id\":\"a\",\"to\":null}",
                "{\"type\":\"offer\",\"session_id\":\"a\",\"to\":[\"b\"]}",
                "{\"type\":\"offer\",\"session_id\":\"a\",\"from\":\"b\"}",
                "{\"type\":\"offer\",\"session_id\":\"a\",\"seq\":1}",
                "{\"type\":\"offer\",\"session_id\":\"a\",\"source\":{}}",
            })
    void jsonButNoFrame(String text) {
        assertBad(text, ErrorCode.BAD_FRAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"peer-created", "", "OFFER", "__proto__", "toString", "ice_candidate"})
    void unknownType(String type) {
        assertBad("{\"type\":\"" + type + "\",\"session_id\":\"a\"}", ErrorCode.UNKNOWN_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "__proto__", "a\\nb", "\\ud800"})
    void badId(String id) {
        assertBad("{\"type\":\"destroy-peer\",\"session_id\":\"" + id + "\"}", ErrorCode.BAD_ID);
        assertBad("{\"type\":\"offer\",\"session_id\":\"a\",\"to\":\"" + id + "\"}", ErrorCode.BAD_ID);
        assertBad("{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":\"" + id + "\"}", ErrorCode.BAD_ID);
    }

    @Test
    void nestingIsAllowedUpToItsLimit() throws BadFrameException {
        assertThat(decode(nested(Frame.MAX_NESTING - 1))).isInstanceOf(Incoming.Ping.class);
        assertBad(nested(Frame.MAX_NESTING), ErrorCode.BAD_JSON);
        assertBad(nested(100_000), ErrorCode.BAD_JSON);
    }

    @Test
    void anErrorNamesTheSessionIfTheFrameDid() {
        assertThatExceptionOfType(BadFrameException.class)
                .isThrownBy(() -> decode("{\"type\":\"x\",\"session_id\":\"a\"}"))
                .satisfies(bad -> assertThat(bad.session()).contains(A));
        assertThatExceptionOfType(BadFrameException.class)
                .isThrownBy(() -> decode("{\"type\":\"x\",\"session_id\":\"\"}"))
                .satisfies(bad -> assertThat(bad.session()).isEmpty());
    }

    private static String nested(int arrays) {
        return "{\"type\":\"ping\",\"id\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
    }

    @Test
    void aNameMayBeAsLongAsTheFrame() throws BadFrameException {
        String frame = "{\"type\":\"offer\",\"session_id\":\"a\",\"" + "n".repeat(60_000) + "\":1}";
        assertThat(Decoder.decode(frame, Subprotocol.PLAIN)).isInstanceOf(Incoming.Signalling.class);
    }

    private static void assertBad(String text, ErrorCode code) {
        assertThatExceptionOfType(BadFrameException.class)
                .as("%.80s", text)
                .isThrownBy(() -> decode(text))
                .satisfies(bad -> assertThat(bad.code()).isEqualTo(code))
                .satisfies(bad -> assertThat(bad.getMessage()).hasSizeLessThan(150));
    }
}
