package tokenly.tool.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tokenly.tool.text.Language;

/** Every scenario of the guide, as {@code ./tokenly scenario NAME} plays it. What this machine cannot do is in the output. */
class ScenariosIT {

    @ParameterizedTest
    @EnumSource
    void happensAsTheGuideSays(Scenarios scenario) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        assertThat(scenario.play(Language.EN, out).failure()).isEmpty();
    }
}
