package tokenly.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the client behind the proxies that are believed.
 *
 * @param believed the proxies whose {@code X-Forwarded-For} counts
 */
public record Proxies(AddressBlocks believed) {

    /** Whether {@code peer}, an address as the container writes it, is a proxy that is believed. */
    public boolean include(String peer) {
        return IpAddress.parse(peer).filter(believed::contains).isPresent();
    }

    /**
     * The address of a client: the peer of the TCP connection, or, if that is a proxy, the first from the right in its
     * headers that is none. What cannot be read makes the proxy itself the client.
     *
     * @param peer as the container writes it
     * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in their order
     * @return empty if {@code peer} is no address
     */
    Optional<IpAddress> client(String peer, List<String> forwardedFor) {
        Optional<IpAddress> proxy = IpAddress.parse(peer);
        if (proxy.filter(believed::contains).isEmpty()) {
            return proxy;
        }
        List<String> hops = forwardedFor.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .toList();
        Optional<IpAddress> client = proxy;
        for (int i = hops.size() - 1;
                i >= 0 && client.filter(believed::contains).isPresent();
                i--) {
            client = IpAddress.parse(hops.get(i));
        }
        return client.or(() -> proxy);
    }
}
