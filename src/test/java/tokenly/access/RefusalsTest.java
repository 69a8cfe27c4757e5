package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tokenly.session.FakeTimer;

class RefusalsTest {

    private static final Logger LOG = Logger.getLogger(Refusals.class.getName());

    private final FakeTimer timer = new FakeTimer();
    private final Refusals refusals = new Refusals(timer);
    private final List<String> logged = new ArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(ear);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(ear);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void aTroubleIsLoggedAtItsBeginningAndAtItsEnd() {
        ClientAddress client = ClientAddress.of(IpAddress.parse("203.0.113.7").orElseThrow());
        for (int second = 0; second < 25; second++) {
            refusals.add(Refusal.HANDSHAKE_RATE, client);
            timer.advanceMillis(1_000);
        }
        refusals.add(Refusal.RATE_CLOSED);
        timer.advanceMillis(4_999);
        assertThat(logged)
                .hasSize(2)
                .first()
                .asString()
                .startsWith("WARNING tokenly.address.handshakes.per.second: ")
                .endsWith(" Address 203.0.113.7; if it is a proxy, name it in tokenly.proxies.");
        timer.advanceMillis(40_000);
        assertThat(logged)
                .hasSize(4)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("INFO tokenly.address.handshakes.per.second: over after ")
                        .contains("25 times"));
        refusals.add(Refusal.RATE_CLOSED);
        assertThat(logged).as("a trouble of its own").hasSize(5);
        assertThat(refusals.count(Refusal.RATE_CLOSED)).isEqualTo(2);
        assertThat(timer.pending()).isEqualTo(1);
    }
}
