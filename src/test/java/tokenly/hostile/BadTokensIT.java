package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import tokenly.scenario.Jwts;
import tokenly.scenario.RawRtc;

/** Tokens that do not count, as many as go through: each connection shows thousands, and there is always a next one. */
class BadTokensIT extends AttackContract {

    /** In one write; each is to be told from the one before by its connection being closed. */
    private static final int TOKENS = 1_000;

    private static final int CONNECTIONS = 200;

    /** Each of them is a client of its own: one alone may not open so many connections. */
    private static final int ADDRESSES = 20;

    BadTokensIT() {
        super(HostileServer.withTokens());
    }

    @AfterEach
    void stopServer() {
        server().close();
    }

    @Override
    void attack() throws Exception {
        String forged = Jwts.signed(
                Jwts.claims("mallory", 600, Map.of("roomPrefix", "")),
                "HS256",
                Jwts.hmac("another secret of thirty-two bytes".getBytes(StandardCharsets.US_ASCII)));
        List<String> frames = Collections.nCopies(TOKENS, "{\"type\":\"auth\",\"token\":\"" + forged + "\"}");
        for (int i = 0; i < Scale.times(CONNECTIONS); i++) {
            show(i, frames);
            offer(i, forged);
        }
        assertTold("close 4003");
    }

    private void show(int number, List<String> frames) throws IOException {
        try (RawClient attacker =
                RawClient.connect(server(), address(1 + number % ADDRESSES), told(), 0, RawClient.BATCHED)) {
            attacker.send(frames);
            attacker.readToEnd();
        } catch (IOException cutOrRefused) {
            assertThat(server().isServing()).isTrue();
        }
    }

    private void offer(int number, String forged) throws IOException {
        try (RawClient attacker = RawClient.connect(
                server(), address(1 + number % ADDRESSES), told(), 0, "tokenly.v1, tokenly.token." + forged)) {
            assertThat(attacker.readToEnd()).hasValue(4003);
        } catch (RawRtc.Refused tooFast) {
            assertThat(tooFast).hasMessageContaining("429");
        }
    }
}
