package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tokenly.CapturedLog;
import tokenly.session.FakeTimer;

class LimitHitsTest {

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(LimitHits.class.getName());

    private final FakeTimer timer = new FakeTimer();
    private final LimitHits limitHits = new LimitHits(timer);

    @Test
    void aTroubleIsLoggedAtItsBeginningAndAtItsEnd() {
        ClientAddress client = ClientAddress.of(IpAddress.parse("203.0.113.7").orElseThrow());
        for (int second = 0; second < 25; second++) {
            limitHits.add(LimitHit.HANDSHAKE_RATE, client);
            timer.advanceMillis(1_000);
        }
        limitHits.add(LimitHit.RATE_CLOSED);
        timer.advanceMillis(4_999);
        assertThat(log.lines(Level.INFO)).isEmpty();
        assertThat(log.lines(Level.WARNING))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("tokenly.address.handshakes.per.second: ")
                .endsWith(" Address 203.0.113.7; if it is a proxy, name it in tokenly.proxies.");
        timer.advanceMillis(40_000);
        assertThat(log.lines(Level.INFO))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("tokenly.address.handshakes.per.second: over after ")
                        .contains("25 times"));
        limitHits.add(LimitHit.RATE_CLOSED);
        assertThat(log.lines(Level.WARNING)).as("a trouble of its own").hasSize(3);
        assertThat(limitHits.count(LimitHit.RATE_CLOSED)).isEqualTo(2);
        assertThat(timer.pending()).isEqualTo(1);
    }
}
