package tokenly.tool.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tokenly.tool.load.Figure;
import tokenly.tool.load.PhaseRun;
import tokenly.tool.load.ServerUnderTest;
import tokenly.tool.load.Stage;
import tokenly.tool.verify.check.Rule;

class TextTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:[0-9]\\$s|n)");
    private static final Pattern NAMED_KEY = Pattern.compile(
            "(?:\\btext|\\bsay|Text\\.of|UsageException|CliException)\\(\\s*(?:[\\w.]+,\\s*)?\"(\\w+)\"|\\$\\{bundle:(\\w+)}");
    private static final Pattern STRING = Pattern.compile("\"(\\w+)\"|\\$\\{bundle:(\\w+)}");

    private static Stream<String> keys() {
        return Language.EN.texts().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void bothLanguagesFillInTheSameAndNothingElseHasAPercentSign(String key) {
        assertThat(placeholders(key, Language.KO)).isEqualTo(placeholders(key, Language.EN));
        for (Language language : Language.values()) {
            assertThat(PLACEHOLDER.matcher(language.texts().getString(key)).replaceAll(""))
                    .doesNotContain("%")
                    .isNotBlank();
        }
    }

    /** picocli would take a key of one word for the description of an option of that name. */
    @ParameterizedTest
    @MethodSource("keys")
    void aKeyHasTwoWordsOrMore(String key) {
        assertThat(key).matches("[a-z0-9]+(_[a-z0-9]+)+");
    }

    /** Without the parent bundle, which would stand in for a key that is missing in Korean. */
    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        assertThat(keysIn("messages_ko.properties"))
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(keysIn("messages.properties"))
                .containsExactlyInAnyOrderElementsOf(Language.EN.texts().keySet());
    }

    private static Iterable<String> keysIn(String file) throws IOException {
        Pattern key = Pattern.compile("^(\\w+) = ");
        try (Stream<String> lines = Files.lines(Path.of("src/tools/resources/tokenly/tool", file))) {
            return lines.flatMap(line -> key.matcher(line).results())
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    @Test
    void eachKeyThatIsNamedExistsAndNoneIsUnused() throws IOException {
        Set<String> existing = Language.EN.texts().keySet();
        assertThat(existing).containsAll(inSources(NAMED_KEY));
        Set<String> used = inSources(STRING);
        used.addAll(named("figure_", Figure.values()));
        used.addAll(named("phase_", PhaseRun.Kind.values()));
        used.addAll(named("stage_", Stage.values()));
        used.addAll(named("subject_", ServerUnderTest.values()));
        used.addAll(named("rule_", Rule.values()));
        assertThat(used).containsAll(existing);
    }

    private static Set<String> named(String prefix, Enum<?>... constants) {
        Set<String> keys = Arrays.stream(constants)
                .map(constant -> Text.named(prefix, constant).key())
                .collect(Collectors.toSet());
        assertThat(Language.EN.texts().keySet()).containsAll(keys);
        return keys;
    }

    private static Set<String> inSources(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/tools/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .forEach(match -> found.add(match.group(1) == null ? match.group(2) : match.group(1)));
            }
        }
        return found;
    }

    @Test
    void aTextAmongTheValuesIsShownInTheSameLanguage() {
        Text state = Text.of("proxy_state", 1, 2, 3, 4, 5, Text.of("no_fault"));
        assertThat(state.in(Language.KO)).endsWith("없음");
        assertThat(state.in(Language.EN)).endsWith("none");
    }

    @Test
    void theLanguageIsThatOfTheLocaleOrEnglish() {
        assertThat(Language.of(Locale.KOREA)).isEqualTo(Language.KO);
        assertThat(Language.of(Locale.ROOT)).isEqualTo(Language.EN);
        assertThat(Language.of(Locale.FRANCE)).isEqualTo(Language.EN);
    }

    private static Set<String> placeholders(String key, Language language) {
        Set<String> found = new TreeSet<>();
        PLACEHOLDER.matcher(language.texts().getString(key)).results().forEach(match -> found.add(match.group()));
        return found;
    }
}
