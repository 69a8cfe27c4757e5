package tokenly.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.JsonObject;
import tokenly.tool.text.Language;
import tokenly.tool.verify.crash.EveryWrite.Outcome;

class EveryWriteReportTest {

    private static final Outcome GOOD = new Outcome(1_000, 3_000, 200_000, 0, 0, 0, 0, List.of());
    private static final Outcome BAD = new Outcome(1_000, 3_000, 200_000, 3, 2, 1, 4, List.of());

    private final EveryWriteReport english = new EveryWriteReport(7, Language.EN);

    @Test
    void theVerdictIsOneLine() {
        assertThat(english.headline(GOOD)).isEqualTo("3,000 crashes, 0 lost, 0 duplicated, 0 out of order");
        assertThat(english.headline(BAD)).isEqualTo("3,000 crashes, 3 lost, 2 duplicated, 1 out of order");
        assertThat(new EveryWriteReport(7, Language.KO).headline(GOOD)).isEqualTo("중단 3,000, 유실 0, 중복 0, 순서 어긋남 0");
        assertThat(english.again()).endsWith("./tokenly verify --every-write --seed 7");
    }

    @Test
    void programsGetOneJsonObject() {
        JsonObject json = JsonObject.parse(english.json(BAD));
        assertThat(json.get("holds")).isEqualTo(false);
        assertThat(json.text())
                .contains("\"crashes\":3000,\"lost\":3,\"duplicated\":2,\"out_of_order\":1,\"seed\":7", "\"failed\":4");
    }
}
