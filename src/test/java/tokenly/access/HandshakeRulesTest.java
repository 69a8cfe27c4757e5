package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeRulesTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final HandshakeRules local = rules(true, "auto", "own");
    private final HandshakeRules everywhere = rules(false, "auto", "own");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:3003",
                "LocalHost:3003",
                "localhost.",
                "app.localhost:3003",
                "127.0.0.1",
                "127.0.0.1.",
                "127.255.0.9:80",
                "[::1]",
                "[::1]:3003",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]:3003",
            })
    void namesOfTheLoopbackAddressAServerThatIsOpenToItsMachine(String host) {
        assertThat(check(local, List.of(host), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "evillocalhost:3003",
                ".localhost",
                "localhost..",
                "..localhost",
                "user@localhost",
                "localhost@evil.example",
                "localhost:3003@evil.example",
                "localhost:",
                "localhost:x",
                "localhost:123456",
                "localhost/",
                "localhost evil.example",
                "localhost,evil.example",
                "localhost\\evil.example",
                "[::1",
                "[::1].evil.example",
                "::1",
                "[::2]",
                "[localhost]",
                "0.0.0.0:3003",
                "[::]",
                "128.0.0.1",
                "192.168.1.2",
                "2130706433",
                "0x7f.1",
                "localho\u017ft",
                "",
            })
    void anyOtherNameIsRefusedThere(String host) {
        assertThat(check(local, List.of(host), List.of())).contains(LimitHit.FOREIGN_HOST);
        assertThat(check(everywhere, List.of(host), List.of())).isEmpty();
    }

    @Test
    void aMissingHostIsRefusedWhereItIsChecked() {
        assertThat(check(local, List.of(), List.of())).contains(LimitHit.FOREIGN_HOST);
        assertThat(check(everywhere, List.of(), List.of())).isEmpty();
        assertThat(check(rules(false, "a.example", "own"), List.of(), List.of()))
                .contains(LimitHit.FOREIGN_HOST);
    }

    @ParameterizedTest
    @CsvSource({
        "signal.example, true",
        "SIGNAL.example.:8443, true",
        "10.0.0.7:3003, true",
        "[2001:DB8:0:0::1]:3003, true",
        "localhost, false",
        "a.signal.example, false",
        "signal.example.evil.example, false",
        "10.0.0.70, false",
    })
    void ofAListOnlyTheseNamesAreTaken(String host, boolean isTaken) {
        for (boolean isLocalOnly : new boolean[] {true, false}) {
            HandshakeRules rules = rules(isLocalOnly, "Signal.example, 10.0.0.7,[2001:db8::1]", "own");
            assertThat(check(rules, List.of(host), List.of()).isEmpty()).isEqualTo(isTaken);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // origin, host, on a server for its machine only, on one for all
        "http://localhost:3003, localhost:3003, true, true",
        "http://localhost:8080, localhost:3003, true, false",
        "https://app.localhost, 127.0.0.1:3003, true, false",
        "http://[::1]:3003, [::1]:3003, true, true",
        "http://signal.example, signal.example, -, true",
        "http://signal.example, signal.example:80, -, true",
        "https://signal.example, signal.example, -, true",
        "https://signal.example, signal.example:443, -, true",
        "https://SIGNAL.example:443, signal.example, -, true",
        "https://signal.example, signal.example:80, -, false",
        "http://signal.example:3003, signal.example, -, false",
        "http://signal.example:3003, signal.example:3004, -, false",
        "https://evil.example, localhost:3003, false, false",
        "http://localhost.evil.example:3003, localhost:3003, false, false",
        "http://localhost:3003.evil.example, localhost:3003, false, false",
        "http://evil-localhost:3003, localhost:3003, false, false",
        "http://user@localhost:3003, localhost:3003, false, false",
        "http://localhost:3003/, localhost:3003, false, false",
        "'http://localhost:3003 http://evil.example', localhost:3003, false, false",
        "app://localhost:3003, localhost:3003, false, false",
        "chrome-extension://localhost, localhost:3003, false, false",
        "localhost:3003, localhost:3003, false, false",
        "null, localhost:3003, false, false",
        "'', localhost:3003, false, false",
    })
    void pagesOfTheServerItselfMayConnect(String origin, String host, String locally, boolean everywhereToo) {
        List<String> origins = List.of(origin);
        if (!locally.equals("-")) {
            assertThat(check(local, List.of(host), origins).isEmpty()).isEqualTo(locally.equals("true"));
        }
        assertThat(check(everywhere, List.of(host), origins).isEmpty()).isEqualTo(everywhereToo);
        assertThat(check(rules(true, "auto", "*"), List.of("localhost"), origins))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, true",
        "https://app.example:443, true",
        "http://app.example, false",
        "https://app.example:8443, false",
        "https://www.app.example, false",
        "chrome-extension://abc, true",
        "http://localhost:3003, true",
        "null, false",
    })
    void aListAddsToTheServersOwnPages(String origin, boolean isTaken) {
        HandshakeRules rules = rules(false, "auto", "https://app.example, chrome-extension://abc");
        assertThat(check(rules, List.of("localhost:3003"), List.of(origin)).isEmpty())
                .isEqualTo(isTaken);
    }

    @Test
    void twoHeadersAreRefusedWhateverIsSet() {
        HandshakeRules any = rules(false, "*", "*");
        String origin = "http://localhost";
        assertThat(check(any, List.of("localhost", "localhost"), List.of())).contains(LimitHit.FOREIGN_HOST);
        assertThat(check(any, List.of("localhost"), List.of(origin, origin))).contains(LimitHit.FOREIGN_ORIGIN);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 127.0.0.1, true",
        "127.0.1.1, 127.9.9.9, 127.9.9.9, true",
        "0:0:0:0:0:0:0:1, ::1, ::1, true",
        "192.0.2.1, 192.0.2.1, 192.0.2.1, false",
        "127.0.0.1, 192.0.2.7, 192.0.2.7, false",
        "192.0.2.1, 127.0.0.1, 127.0.0.1, false",
        "127.0.0.1, 127.0.0.1, 192.0.2.7, false",
        "'', 127.0.0.1, 127.0.0.1, false",
        "127.0.0.1, '', '', false",
        "::2, ::1, ::1, false",
    })
    void aServerForItsMachineOnlyIsReachedOverTheLoopbackOnly(
            String arrivedAt, String peer, String client, boolean isTaken) {
        HandshakeRules.Handshake handshake = new HandshakeRules.Handshake(
                IpAddress.parse(arrivedAt),
                IpAddress.parse(peer),
                IpAddress.parse(client),
                List.of("localhost"),
                List.of());
        assertThat(local.check(handshake).isEmpty()).isEqualTo(isTaken);
        assertThat(everywhere.check(handshake)).isEmpty();
    }

    @Test
    void aFaultShowsNothingButWhatNamesAreMadeOf() {
        assertThat(local.check(handshake(List.of("Evil.example:80"), List.of())))
                .map(HandshakeRules.Fault::value)
                .contains("evil.example:80");
        assertThat(local.check(handshake(List.of("a\n{0}"), List.of())))
                .map(HandshakeRules.Fault::value)
                .contains("");
        assertThat(local.check(handshake(List.of("localhost"), List.of("https://evil.example\u001b[31m"))))
                .map(HandshakeRules.Fault::value)
                .contains("");
        assertThat(local.check(handshake(List.of("a".repeat(300)), List.of())))
                .map(HandshakeRules.Fault::value)
                .contains("");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "127.0.0.1, true",
        "::1, true",
        "[::1], true",
        "0.0.0.0, false",
        "::, false",
        "[::], false",
        "localhost.evil.example, false",
        "build-host, false",
    })
    void addressesOfServersAreReadInTheSameWay(String host, boolean isLoopback) {
        assertThat(HandshakeRules.isLoopback(host)).isEqualTo(isLoopback);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a.example:80", "a.example,", "*,a.example", "https://a.example", "a b", "[::1]:80", "auto,"
            })
    void whatIsNoListOfHostsIsRefused(String text) {
        assertThat(AllowedHosts.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.example", "https://a.example/", "https://a.example,", "*,https://a.example", "null"})
    void whatIsNoListOfOriginsIsRefused(String text) {
        assertThat(AllowedOrigins.parse(text)).isEmpty();
    }

    private static HandshakeRules rules(boolean isLocalOnly, String hosts, String origins) {
        return new HandshakeRules(
                isLocalOnly,
                AllowedHosts.parse(hosts).orElseThrow(),
                AllowedOrigins.parse(origins).orElseThrow());
    }

    private static Optional<LimitHit> check(HandshakeRules rules, List<String> hosts, List<String> origins) {
        return rules.check(handshake(hosts, origins)).map(HandshakeRules.Fault::reason);
    }

    private static HandshakeRules.Handshake handshake(List<String> hosts, List<String> origins) {
        Optional<IpAddress> loopback = IpAddress.parse(LOOPBACK);
        return new HandshakeRules.Handshake(loopback, loopback, loopback, hosts, origins);
    }
}
