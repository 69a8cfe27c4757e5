package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "mr-IN", "my-MM", "ko-KR"})
    void aFileHasTheSameNameWhereverTheServerRuns(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertThat(Segment.name(12)).isEqualTo("0000000012.journal");
        } finally {
            Locale.setDefault(before);
        }
    }
}
