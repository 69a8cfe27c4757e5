package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void theHeapIsTheSumOfTheHistogram() throws IOException {
        String histogram = """
                4711:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         37102        3016408  [B (java.base@17.0.15)
                Total        299417       15836208
                """;
        assertThat(Memory.heapBytes(histogram)).isEqualTo(15_836_208);
    }

    @Test
    void anAnswerWithoutASumIsShown() {
        assertThatThrownBy(() -> Memory.heapBytes("4711:\njava.io.IOException: No such process"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such process");
    }

    @Test
    void ofThisProcessBothAreKnown() throws IOException, InterruptedException {
        assertThat(Memory.of(ProcessHandle.current().pid()).heapBytes()).isPositive();
    }
}
