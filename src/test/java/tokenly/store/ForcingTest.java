package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log is forced again and again, whatever becomes of it. */
class ForcingTest {

    private final FakeDisk disk = new FakeDisk();
    private final Semaphore forced = new Semaphore(0);

    private Journal journal() throws IOException {
        Recovery recovery = new Recovery(disk, new ServerRun("boot", Fsync.INTERVAL), Long.MAX_VALUE);
        recovery.read();
        return recovery.goOn(1_000);
    }

    @ParameterizedTest
    @MethodSource("tokenly.store.CleaningTroubleTest#troubles")
    void noTroubleEndsIt(FakeDisk.Hook trouble) throws Exception {
        Journal journal = journal();
        disk.whenForced = () -> {
            forced.release();
            trouble.run();
        };
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        PeriodicFsync periodicFsync = new PeriodicFsync(Duration.ofMillis(1), failures::add);
        try {
            periodicFsync.start(journal);
            assertThat(forced.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
            assertThat(failures).isNotEmpty();
        } finally {
            periodicFsync.stop();
        }
    }
}
