package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "0:0:0:0:0:ffff:cb00:7107, 203.0.113.7",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "[::1], 0:0:0:0:0:0:0:1",
    })
    void readsLiterals(String text, String address) {
        assertThat(IpAddress.parse(text)).map(IpAddress::toString).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "a.b:c",
                "1:2",
                ":::1",
                "1.2.3.4:80",
                "dead.beef"
            })
    void nothingElseIsAnAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 203.0.113.7, true",
        "::1, ::1, true",
        "::1, ::2, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::/65, 2001:db8::7fff:0:0:1, true",
        "2001:db8::/65, 2001:db8::8000:0:0:1, false",
        "'127.0.0.0/8, ::1', 127.0.0.1, true",
        "none, 127.0.0.1, false",
    })
    void blocksHoldWhatStartsLikeThem(String blocks, String address, boolean isIn) {
        assertThat(AddressBlocks.parse(blocks)
                        .orElseThrow()
                        .contains(IpAddress.parse(address).orElseThrow()))
                .isEqualTo(isIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.1,,::1",
                "proxy.example",
                "none,::1"
            })
    void aMalformedListIsNone(String blocks) {
        assertThat(AddressBlocks.parse(blocks)).isEmpty();
    }

    @Test
    void anIpv6ClientIsItsWholeNetwork() {
        assertThat(client("2001:db8::1")).isEqualTo(client("2001:db8::ffff:1")).hasToString("2001:db8:0:0:0:0:0:0/64");
        assertThat(client("2001:db8::1")).isNotEqualTo(client("2001:db8:0:1::1"));
        assertThat(client("203.0.113.7")).isNotEqualTo(client("203.0.113.8")).hasToString("203.0.113.7");
        assertThat(client("::1")).isNotEqualTo(ClientAddress.UNKNOWN);
    }

    private static ClientAddress client(String address) {
        return ClientAddress.of(IpAddress.parse(address).orElseThrow());
    }
}
