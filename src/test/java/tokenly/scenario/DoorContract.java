package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in, on any server that asks for no tokens and is for its own machine only: PROTOCOL.md, "Places". */
abstract class DoorContract extends HttpContract {

    private static final String REFUSED_HOST = "This server is not to be reached by that Host (tokenly.hosts).\n";
    private static final String REFUSED_ORIGIN =
            "Pages of that Origin may not connect to this server (tokenly.origins).\n";

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:%d", "app.localhost:%d", "127.0.0.1:%d", "127.9.9.9", "[::1]:%d"})
    void aHandshakeThatNamesThisMachineComesIn(String host) throws IOException {
        assertThat(shakeHands(host(host))).startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:%d",
                "localhost.evil.example:%d",
                "127.0.0.1.evil.example:%d",
                "evil-localhost:%d",
                "0.0.0.0:%d",
                "192.0.2.1"
            })
    void aHandshakeThatNamesAnotherServerIsRefused(String host) throws IOException {
        assertRefused(shakeHands(host(host)), REFUSED_HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@localhost", "localhost, evil.example", "[localhost]"})
    void aHostThatIsNoneIsRefusedByTheServerOrByTokenly(String host) throws IOException {
        assertThat(shakeHands(host(host))).matches("(?s)HTTP/1\\.1 40[03] .*");
    }

    @Test
    void aSecondHostIsRefusedByTheServerOrByTokenly() throws IOException {
        assertThat(shakeHands("Host: localhost", "Host: localhost")).matches("(?s)HTTP/1\\.1 40[03] .*");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:%d, http://localhost:%d",
        "127.0.0.1:%d, http://127.0.0.1:%d",
        "127.0.0.1:%d, http://localhost:1",
        "localhost:%d, https://app.localhost",
        "localhost:%d, http://[::1]:8080",
    })
    void pagesOfThisMachineComeIn(String host, String origin) throws IOException {
        assertThat(shakeHands(host(host), origin(origin))).startsWith("HTTP/1.1 101 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.example",
                "http://evil.example:%d",
                "http://localhost.evil.example:%d",
                "http://127.0.0.1.evil.example",
                "http://evil-localhost:%d",
                "http://localhost:%d@evil.example",
                "http://user@localhost:%d",
                "http://localhost:%d http://evil.example",
                "file://",
                "app://localhost"
            })
    void pagesOfOtherOriginsAreRefused(String origin) throws IOException {
        assertRefused(shakeHands(host("localhost:%d"), origin(origin)), REFUSED_ORIGIN);
    }

    @Test
    void aSecondOriginIsRefused() throws IOException {
        String own = origin("http://localhost:%d");
        assertRefused(shakeHands(host("localhost:%d"), own, own), REFUSED_ORIGIN);
        assertRefused(shakeHands(host("localhost:%d"), own, origin("http://evil.example")), REFUSED_ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=a|b", "x=%zz", "x=%", "x=\"", "x={a}"})
    void anAddressThatIsNoUrlIsRefusedAndNotLogged(String query) throws IOException {
        String answer = RawRtc.answerTo(server(), "?" + query + "&access_token=seen-in-no-log", "Host: localhost\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(server().log()).doesNotContain("seen-in-no-log");
    }

    @Test
    void aFloodOfRefusalsIsOneLineOfTheLog() throws IOException {
        int before = server().log().length();
        for (int i = 0; i < 20; i++) {
            shakeHands(host("localhost"), origin("http://evil-" + i + ".example"));
        }
        assertThat(server().log().substring(before).split("tokenly\\.origins: handshakes", -1))
                .as("the one before this")
                .hasSizeLessThanOrEqualTo(2);
    }

    private void assertRefused(String answer, String body) {
        assertThat(answer).startsWith("HTTP/1.1 403 ").endsWith(body);
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("\r\ncontent-type: text/plain;charset=utf-8\r\n")
                .contains("\r\nx-content-type-options: nosniff\r\n", "frame-ancestors 'none'")
                .doesNotContain("set-cookie", "evil");
    }

    private String host(String host) {
        return "Host: " + host.replace("%d", Integer.toString(server().port()));
    }

    private String origin(String origin) {
        return "Origin: " + origin.replace("%d", Integer.toString(server().port()));
    }

    /** The head of the answer, and its body where it is no upgrade. */
    private String shakeHands(String... headers) throws IOException {
        String lines = Stream.of(headers).map(line -> line + "\r\n").collect(Collectors.joining());
        return RawRtc.answerTo(server(), lines);
    }
}
