package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTableTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsAMapFromNumbersToLocations(long seed) {
        Random random = new Random(seed);
        OffsetTable table = new OffsetTable();
        TreeMap<Long, RecordLocation> expected = new TreeMap<>();
        long next = 1;
        for (int i = 1; i <= 20_000; i++) {
            List<RecordLocation> freed = new ArrayList<>();
            List<RecordLocation> expectedFreed = new ArrayList<>();
            int dice = random.nextInt(100);
            if (dice < 60) {
                long seq = dice < 40 ? next++ : Math.max(1, next + random.nextInt(20) - 15);
                next = Math.max(next, seq + 1);
                RecordLocation location = new RecordLocation(i, i * 2, i * 3);
                table.put(seq, location, freed::add);
                RecordLocation before = expected.put(seq, location);
                if (before != null) {
                    expectedFreed.add(before);
                }
            } else {
                long upTo = dice < 97 ? next - 1 - random.nextInt(30) : Long.MAX_VALUE;
                table.trim(upTo, freed::add);
                Map<Long, RecordLocation> done = expected.headMap(upTo, true);
                expectedFreed.addAll(done.values());
                done.clear();
            }
            assertThat(freed).isEqualTo(expectedFreed);
            for (long seq = Math.max(1, next - 40); seq < next; seq++) {
                RecordLocation location = expected.get(seq);
                assertThat(table.holds(seq, location == null ? new RecordLocation(i, 0, 0) : location))
                        .isEqualTo(location != null);
            }
        }
    }
}
