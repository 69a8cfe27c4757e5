package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import tokenly.scenario.RawRtc;

/** Connections come, create a session each and are cut, so that all these sessions wait. */
class ChurnIT extends AttackContract {

    /** For a machine that is so slow that the first of them stay below the limit. */
    private static final int MOST = 10_000;

    @Override
    void attack() throws Exception {
        for (int i = 0; i < Scale.times(800) || (i < MOST && !told().has("http 429")); i++) {
            come(i);
        }
        assertTold("http 429");
    }

    private void come(int number) throws IOException {
        try (RawClient attacker = RawClient.connect(server(), address(1), told(), 0, RawClient.BATCHED)) {
            attacker.create("churn-" + number, "churn-" + number / 5);
            attacker.reset();
        } catch (RawRtc.Refused refused) {
            assertThat(refused).hasMessageContaining("429");
        }
    }
}
