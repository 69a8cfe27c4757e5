package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.id;
import static tokenly.store.Records.signal;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void everyNumberIsNamedOnceInWhateverOrderItCame(long seed) {
        Random random = new Random(seed);
        Losses losses = new Losses(Long.MAX_VALUE);
        Map<String, TreeSet<Long>> written = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            String from = "s" + random.nextInt(5);
            long seq = 1L + random.nextInt(100);
            losses.add(id("a"), signal(from, seq, ""));
            written.computeIfAbsent(from, first -> new TreeSet<>()).add(seq);
        }
        Map<String, List<Long>> named = new TreeMap<>();
        losses.of(id("a"))
                .forEach(loss ->
                        assertThat(named.put(loss.from().value(), loss.seqs())).isNull());
        assertThat(named.keySet()).isEqualTo(written.keySet());
        written.forEach((from, seqs) -> assertThat(named.get(from)).isEqualTo(List.copyOf(seqs)));
        losses.forget(id("a"));
        assertThat(losses.of(id("a"))).isEmpty();
    }
}
