package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import tokenly.scenario.RawRtc;

/** Connections come, create a session each and are cut, so that all these sessions wait. */
class ChurnIT extends AttackContract {

    @Override
    void attack() throws Exception {
        for (int i = 0; i < Scale.times(1_500); i++) {
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
