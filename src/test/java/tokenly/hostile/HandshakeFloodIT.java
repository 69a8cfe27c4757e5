package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import tokenly.scenario.RawRtc;

/** One address shakes hands as fast as it can, and drops each connection. */
class HandshakeFloodIT extends AttackContract {

    @Override
    void attack() throws Exception {
        for (int i = 0; i < Scale.times(2_000); i++) {
            try {
                RawClient.connect(server(), address(1), told(), 0, RawClient.BATCHED)
                        .reset();
            } catch (RawRtc.Refused refused) {
                assertThat(refused).hasMessageContaining("429");
            }
        }
        assertTold("http 429");
    }
}
