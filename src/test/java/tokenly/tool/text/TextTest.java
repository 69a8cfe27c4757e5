package tokenly.tool.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:[0-9]\\$s|n)");

    @ParameterizedTest
    @EnumSource(Text.class)
    void bothLanguagesFillInTheSameAndNothingElseHasAPercentSign(Text text) {
        assertThat(placeholders(text, Language.KO)).isEqualTo(placeholders(text, Language.EN));
        for (Language language : Language.values()) {
            assertThat(PLACEHOLDER.matcher(text.template(language)).replaceAll(""))
                    .doesNotContain("%")
                    .isNotBlank();
        }
    }

    @Test
    void aTextAmongTheValuesIsSaidInTheSameLanguage() {
        assertThat(Text.STATE.in(Language.KO, 1, 2, 3, 4, 5, Text.NO_FAULT)).endsWith("없음");
        assertThat(Text.STATE.in(Language.EN, 1, 2, 3, 4, 5, Text.NO_FAULT)).endsWith("none");
    }

    @Test
    void theLanguageIsThatOfTheLocaleOrEnglish() {
        assertThat(Language.of(Locale.KOREA)).isEqualTo(Language.KO);
        assertThat(Language.of(Locale.ROOT)).isEqualTo(Language.EN);
        assertThat(Language.of(Locale.FRANCE)).isEqualTo(Language.EN);
    }

    private static Set<String> placeholders(Text text, Language language) {
        Set<String> found = new TreeSet<>();
        PLACEHOLDER.matcher(text.template(language)).results().forEach(match -> found.add(match.group()));
        return found;
    }
}
