package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import tokenly.scenario.RawRtc;

/** One address shakes hands as fast as it can, and drops each connection. */
class HandshakeFloodIT extends AttackContract {

    /** An address may have 500 at once and 100 more each second; a slow machine takes longer than that for these. */
    private static final int HANDSHAKES = 1_000;

    private static final int MOST_HANDSHAKES = 10_000;

    @Override
    void attack() throws Exception {
        for (int i = 0; i < Scale.times(HANDSHAKES) || (i < MOST_HANDSHAKES && !told().has("http 429")); i++) {
            try {
                RawClient.connect(server(), address(1), told(), 0, RawClient.BATCHED)
                        .reset();
            } catch (RawRtc.Refused refused) {
                assertThat(refused).hasMessageContaining("Retry-After");
            }
        }
        assertTold("http 429");
    }
}
