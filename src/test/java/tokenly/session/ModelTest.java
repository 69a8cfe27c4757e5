package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tokenly.QuietLog;

/**
 * The whole model under random schedules: a network that loses, delays and repeats, clients that come back, reload and are
 * copied, a store that is late or fails, a server that is killed. {@code -Dtokenly.model.seed=N} plays one schedule again.
 */
@ExtendWith(QuietLog.class)
class ModelTest {

    private static final int SCHEDULES = Integer.getInteger("tokenly.model.schedules", 2_000);
    private static final long FIRST_SEED = Long.getLong("tokenly.model.first", 1);

    @Test
    void whateverHappensEverySignalIsProcessedOnceAndInOrderOrNamed() {
        Long seed = Long.getLong("tokenly.model.seed");
        if (seed != null) {
            play(seed);
            return;
        }
        for (int i = 0; i < SCHEDULES; i++) {
            play(FIRST_SEED + i);
        }
    }

    private void play(long seed) {
        World world = new World(seed);
        Optional<String> fault = new Schedule(world).play();
        assertThat(fault)
                .as("-Dtokenly.model.seed=%d, %s", seed, world.faultMix)
                .isEmpty();
    }
}
