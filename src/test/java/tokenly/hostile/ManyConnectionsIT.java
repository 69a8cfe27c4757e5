package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many connections of one address create more sessions than its share, ten in each room, and are cut, so that all wait: over
 * a kill of the server, too.
 */
class ManyConnectionsIT extends AttackContract {

    /** As many as one connection may have. */
    private static final int SESSIONS_EACH = 1_000;

    @Override
    void attack() throws Exception {
        int given = 0;
        for (int n = 0; n < 7; n++) {
            String prefix = "crowd-" + n + "-";
            RawClient attacker = attacker(1);
            given += attacker.create(SESSIONS_EACH, i -> prefix + i, i -> prefix + "room-" + i / 10);
            attacker.reset();
        }

        assertThat(given).isBetween(1, 5_000);
        assertTold("quota-exceeded");
        good().assertANewcomerGetsIn();
        killAndStart();
    }
}
