package tokenly.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8259, no more and no less. */
class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1,\"b\":[true,false,null,\"x\",{}]}",
                "{\"\":\"\"}",
                "{\"n\":-0}",
                "{\"n\":0.10e+05}",
                "{\"n\":123456789012345678901234567890.5}",
                "{\"n\":1E999999999999}",
                "{\"s\":\"\\\\ \\\" / é € 😀\"}",
                "{\"s\":\"\\u0000\\u001f\"}",
                "{\"s\":\"\\ud800\"}",
                "{\"s\":\"\\udc00\\ud800\"}"
            })
    void whatIsReadIsWrittenAsItWas(String text) {
        assertThat(JsonObject.parse(text)).hasToString(text);
    }

    @Test
    void whiteSpaceAndEscapesAreOnlyOneWayToWrite() {
        JsonObject read = JsonObject.parse(
                " \t\r\n{ \"a\" : [ 1 , 2 ] , \"\\u0062\" : \"\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00\" } ");
        assertThat(read.text("b")).contains("/\b\f\n\r\té😀");
        assertThat(read.array("a").orElseThrow()).containsExactly(Json.Numeral.of(1), Json.Numeral.of(2));
        assertThat(JsonObject.parse(read.toString())).isEqualTo(read).hasSameHashCodeAs(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"x\"",
                "null",
                "{",
                "}",
                "{}}",
                "{} x",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":0x1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":tru}",
                "{\"a\":True}",
                "{\"a\":nulll}",
                "{\"a\":\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u١٢٣٤\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"b\":{\"a\":1,\"a\":2}}",
                "\uFEFF{}",
                "{\u00a0}",
                "// x\n{}",
                "{\"a\":\"\uffff"
            })
    void everythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.parse(text));
    }

    @Test
    void nestsAsDeepAsAFrameMayAndNoDeeper() {
        String deepest = "{\"a\":" + "[".repeat(127) + "]".repeat(127) + "}";
        assertThat(JsonObject.parse(deepest)).hasToString(deepest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonObject.parse("{\"a\":" + "[".repeat(128) + "]".repeat(128) + "}"));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonObject.parse("{\"a\":" + "[".repeat(1_000_000)));
        JsonObject built = JsonObject.parse(deepest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonObject.EMPTY.with("b", built).toString());
    }

    @Test
    void aNumberKeepsItsText() {
        JsonObject read = JsonObject.parse("{\"n\":1.10,\"huge\":1e99999999999}");
        assertThat(((Json.Numeral) read.get("n").orElseThrow()).decimal()).isEqualTo(new BigDecimal("1.10"));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> ((Json.Numeral) read.get("huge").orElseThrow()).decimal());
        assertThatIllegalArgumentException().isThrownBy(() -> new Json.Numeral("1 2"));
    }

    @Test
    void aWholeNumberOfTheProtocolHasNoFractionNoExponentAndAnEnd() {
        JsonObject read = JsonObject.parse("{\"a\":0,\"b\":9007199254740991,\"c\":9007199254740992,\"d\":1.0,\"e\":1e2,"
                + "\"f\":-1,\"g\":\"1\",\"h\":-0,\"i\":99999999999999999999}");
        assertThat(read.whole("a")).hasValue(0);
        assertThat(read.whole("b")).hasValue(JsonObject.MAX_WHOLE);
        for (String name : List.of("c", "d", "e", "f", "g", "h", "i", "missing")) {
            assertThat(read.whole(name)).as(name).isEmpty();
        }
    }

    @Test
    void aValueOfAnotherKindIsAbsent() {
        JsonObject read = JsonObject.parse("{\"a\":[],\"n\":null}");
        assertThat(read.text("a")).isEmpty();
        assertThat(read.object("a")).isEmpty();
        assertThat(read.truth("a")).isEmpty();
        assertThat(read.array("n")).isEmpty();
        assertThat(read.get("n")).contains(new Json.Null());
    }

    @Test
    void isBuiltWithoutChangingWhatWasThere() {
        JsonObject one = JsonObject.EMPTY.with("a", "1");
        JsonObject two = one.with("b", 2).with("c", true).with("a", "0");
        assertThat(one).hasToString("{\"a\":\"1\"}");
        assertThat(two).hasToString("{\"a\":\"0\",\"b\":2,\"c\":true}");
        assertThat(two.without(Set.of("b", "x"))).hasToString("{\"a\":\"0\",\"c\":true}");
    }
}
