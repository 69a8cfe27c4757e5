package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private final Proxies proxies =
            new Proxies(AddressBlocks.parse("10.0.0.0/8,::1").orElseThrow());

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 198.51.100.1, 203.0.113.7", // no proxy: not believed
        "10.0.0.1, 198.51.100.1, 198.51.100.1",
        "[::1], '6.6.6.6, 198.51.100.1, 10.0.0.2', 198.51.100.1", // 6.6.6.6 is what the client wrote itself
        "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
        "10.0.0.1, '198.51.100.1, unknown', 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1",
        "10.0.0.1, '198.51.100.1,', 10.0.0.1",
    })
    void theClientIsTheFirstFromTheRightThatIsNoProxy(String peer, String header, String client) {
        assertThat(proxies.client(peer, List.of(header)))
                .map(IpAddress::toString)
                .contains(client);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(proxies.client("10.0.0.1", List.of("6.6.6.6", "198.51.100.1", "10.0.0.2")))
                .map(IpAddress::toString)
                .contains("198.51.100.1");
    }

    @Test
    void withoutAHeaderTheProxyIsTheClient() {
        assertThat(proxies.client("10.0.0.1", List.of()))
                .map(IpAddress::toString)
                .contains("10.0.0.1");
    }

    @Test
    void aPeerWithoutAnAddressIsUnknown() {
        assertThat(proxies.client("", List.of("198.51.100.1"))).isEmpty();
    }
}
