package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeqsTest {

    static Stream<List<Long>> lists() {
        return Stream.of(
                List.of(), List.of(7L), List.of(7L, 8L, 9L), List.of(7L, 9L), List.of(7L, 8L, 8L), List.of(9L, 8L, 7L));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void itIsEqualToAnyListOfTheSameNumbers(List<Long> numbers) {
        List<Long> seqs = Seqs.of(numbers.stream().mapToLong(Long::longValue).toArray());
        assertThat(seqs).isEqualTo(numbers).hasSameHashCodeAs(numbers);
        assertThat(numbers).isEqualTo(seqs);
        assertThatThrownBy(() -> seqs.get(numbers.size())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> seqs.add(1L)).isInstanceOf(UnsupportedOperationException.class);
    }
}
