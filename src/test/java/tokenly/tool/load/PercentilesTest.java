package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void eachIsTheNearestRankOfWhatWasMeasured() {
        long[] nanos = LongStream.rangeClosed(1, 2_000).map(i -> 2_001 - i).toArray();
        assertThat(Percentiles.of(nanos))
                .hasValue(new Percentiles(Duration.ofNanos(1_000), Duration.ofNanos(1_980), Duration.ofNanos(1_998)));
    }

    @Test
    void ofOneTimeAllAreThat() {
        Duration only = Duration.ofNanos(7);
        assertThat(Percentiles.of(new long[] {7})).hasValue(new Percentiles(only, only, only));
    }

    @Test
    void ofNoTimesThereAreNone() {
        assertThat(Percentiles.of(new long[0])).isEmpty();
    }
}
