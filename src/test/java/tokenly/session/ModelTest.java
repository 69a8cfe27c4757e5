package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole model under random schedules: a network that loses, delays and repeats, clients that come back, reload and are
 * copied, a store that is late or fails, a server that is killed. {@code -Dtokenly.model.seed=N} plays one schedule again.
 */
class ModelTest {

    private static final int SCHEDULES = Integer.getInteger("tokenly.model.schedules", 2_000);
    private static final long FIRST_SEED = Long.getLong("tokenly.model.first", 1);

    private final Logger log = Logger.getLogger("tokenly.session");
    private final List<String> bugs = new ArrayList<>(); // that an executor has caught
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLoggerName().equals(RoomExecutor.class.getName())) {
                bugs.add(record.getMessage() + ": " + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(ear);
        log.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        log.removeHandler(ear);
        log.setUseParentHandlers(true);
    }

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
        assertThat(fault.or(() -> bugs.stream().findFirst()))
                .as("-Dtokenly.model.seed=%d, %s", seed, world.chances)
                .isEmpty();
    }
}
