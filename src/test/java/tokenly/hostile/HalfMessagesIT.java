package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tokenly.scenario.RawRtc;
import tokenly.tool.Polling;

/** Messages that are sent in part: one large frame without its end, parts without a last one, and a byte now and then. */
class HalfMessagesIT extends AttackContract {

    private static final int PART_OF_TEXT = 0x01; // without FIN (RFC 6455, section 5.2)
    private static final int PART = 0x00;
    private static final int SOCKETS_OF_AN_ADDRESS = 100;

    /** A message has 10 s to come, by default, and a busy machine some more. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private int sockets;

    @Override
    void attack() throws Exception {
        List<RawClient> all = new ArrayList<>();
        for (int i = 0; i < Math.min(1_500, Scale.times(400)); i++) {
            all.add(withUnfinishedFrame());
            all.add(withUnfinishedMessage());
        }
        good().assertANewcomerGetsIn();
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawClient attacker = attacker();
            attacker.raw().frame(PART_OF_TEXT, new byte[] {'{'});
            slow.add(attacker.listen());
        }
        assertThat(Polling.until(LIMIT, () -> slow.stream().allMatch(HalfMessagesIT::isCutThoughItGoesOn)))
                .as("a message that does not end is ended; told %s", told())
                .isTrue();
        for (int i = 0; i < all.size() && !told().has("close 1013"); i++) {
            all.get(i).readWhatIsThere();
        }
        assertTold("close 1013");
    }

    private RawClient attacker() throws IOException {
        return attacker(1 + sockets++ / SOCKETS_OF_AN_ADDRESS);
    }

    private RawClient withUnfinishedFrame() throws IOException {
        RawClient attacker = attacker();
        attacker.raw().head(RawRtc.TEXT, 65_000);
        attacker.sendIfOpen(new byte[64_000]);
        return attacker;
    }

    private RawClient withUnfinishedMessage() throws IOException {
        RawClient attacker = attacker();
        byte[] part = new byte[8_000];
        attacker.sendIfOpen(RawRtc.bytesOf(PART_OF_TEXT, part));
        for (int i = 0; i < 7; i++) {
            attacker.sendIfOpen(RawRtc.bytesOf(PART, part));
        }
        return attacker;
    }

    private static boolean isCutThoughItGoesOn(RawClient attacker) {
        return !attacker.sendIfOpen(RawRtc.bytesOf(PART, new byte[] {' '}));
    }
}
