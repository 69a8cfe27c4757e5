package tokenly.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\u007f\u0080", "\u07ff\u0800", "방", "a😀b", "😀😀"})
    void isWhatTheJdkEncodes(String text) {
        assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void isWhatTheJdkEncodesForAnyCodePoints() {
        Random random = new Random(20261124);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(20, 0, Character.MAX_CODE_POINT + 1)
                    .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
                    .forEach(text::appendCodePoint);
            isWhatTheJdkEncodes(text.toString());
        }
    }

    @Test
    void anUnpairedSurrogateCountsAsTheReplacementCharacter() {
        assertThat(Utf8.length("\ud800")).isEqualTo(3);
        assertThat(Utf8.length("\udc00a")).isEqualTo(4);
        assertThat(Utf8.length("\ud800\ud800")).isEqualTo(6);
    }
}
