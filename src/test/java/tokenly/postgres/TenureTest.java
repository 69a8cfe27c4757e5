package tokenly.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a tenure. */
class TenureTest {

    private final AtomicInteger depositions = new AtomicInteger();
    private final Tenure tenure = new Tenure("http://one", 1, 1, Runnable::run, depositions::incrementAndGet);

    @Test
    void whoeverFindsThatItIsDeposedTheOwnerHearsOfItOnce() {
        tenure.depose();
        tenure.depose();
        assertThat(depositions).hasValue(1);
        assertThat(tenure.isOver()).isTrue();
    }

    @Test
    void afterItIsClosedTheOwnerHearsNothing() {
        tenure.end();
        tenure.depose();
        assertThat(depositions).hasValue(0);
    }
}
