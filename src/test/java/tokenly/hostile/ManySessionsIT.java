package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

/** One connection creates more sessions than its share, with the longest ids, each in a room of its own. */
class ManySessionsIT extends AttackContract {

    /** PROTOCOL.md: ids have up to so many characters. */
    private static final int LONGEST = 128;

    @Override
    void attack() throws Exception {
        int given = attacker(1).create(Scale.times(1_900), i -> longest("many-" + i), i -> longest("room-" + i));

        assertThat(given).isBetween(1, 1_000);
        assertTold("quota-exceeded");
    }

    private static String longest(String id) {
        return id + "-".repeat(LONGEST - id.length());
    }
}
