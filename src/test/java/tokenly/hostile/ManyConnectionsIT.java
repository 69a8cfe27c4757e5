package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Many connections of one address create more sessions than its share, ten in each room, and are cut, so that all wait: over
 * a kill of the server, too.
 */
class ManyConnectionsIT extends AttackContract {

    /** As many as one connection may have. */
    private static final int SESSIONS_EACH = 1_000;

    @Override
    void attack() throws Exception {
        List<RawClient> crowd = new ArrayList<>();
        int given = 0;
        for (int n = 0; n < 7; n++) {
            String prefix = "crowd-" + n + "-";
            crowd.add(attacker(1));
            given += crowd.get(n).create(SESSIONS_EACH, i -> prefix + i, i -> prefix + "room-" + i / 10);
        }
        assertThat(given).isBetween(1, 5_000);
        assertTold("quota-exceeded");
        for (RawClient attacker : crowd) {
            attacker.reset();
        }
        good().assertANewcomerGetsIn();
        killAndStart();
    }
}
