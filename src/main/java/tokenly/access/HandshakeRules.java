package tokenly.access;

import java.util.List;
import java.util.Optional;

/**
 * Which handshakes may come in at all, however many clients are connected.
 *
 * @param isLocalOnly whether only this machine may connect: the server asks for no tokens, and {@code tokenly.open} is {@code loopback}
 */
public record HandshakeRules(boolean isLocalOnly, AllowedHosts hosts, AllowedOrigins origins) {

    /** Whether {@code host}, a name or an address without a port, in brackets or not, can be this machine only. */
    public static boolean isLoopback(String host) {
        boolean isBare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return Authority.parse(isBare ? "[" + host + "]" : host)
                .filter(Authority::isLoopback)
                .isPresent();
    }

    /**
     * What a handshake shows.
     *
     * @param local address at which it arrived; empty if it is not known
     * @param peer of the TCP connection; empty if it is not known
     * @param client as {@link Proxies} finds it, which is the peer where that is no proxy
     * @param hosts the values of all {@code Host} headers
     * @param origins the values of all {@code Origin} headers
     */
    record Handshake(
            Optional<IpAddress> local,
            Optional<IpAddress> peer,
            Optional<IpAddress> client,
            List<String> hosts,
            List<String> origins) {

        private boolean isLocal() {
            return isLoopback(local) && isLoopback(peer) && isLoopback(client);
        }

        private static boolean isLoopback(Optional<IpAddress> address) {
            return address.filter(IpAddress::isLoopback).isPresent();
        }

        private Optional<Authority> host() {
            return hosts.size() == 1 ? Authority.parse(hosts.get(0)) : Optional.empty();
        }
    }

    /**
     * Why a handshake may not come in.
     *
     * @param value of the header that is refused, for the log: it holds nothing but characters of names. "" if it cannot be read
     */
    record Fault(LimitHit reason, String value) {}

    /** Why {@code handshake} may not come in; empty if it may. */
    Optional<Fault> check(Handshake handshake) {
        if (isLocalOnly && !handshake.isLocal()) {
            return Optional.of(new Fault(
                    LimitHit.NOT_LOCAL,
                    handshake.client().map(IpAddress::toString).orElse("")));
        }
        Optional<Authority> host = handshake.host();
        if (handshake.hosts().size() > 1 || !hosts.include(host, isLocalOnly)) {
            return Optional.of(new Fault(
                    LimitHit.FOREIGN_HOST, host.map(Authority::toString).orElse("")));
        }
        if (handshake.origins().size() > 1 || !origins.include(handshake.origins(), host, isLocalOnly)) {
            return Optional.of(new Fault(LimitHit.FOREIGN_ORIGIN, shown(handshake.origins())));
        }
        return Optional.empty();
    }

    private static String shown(List<String> origins) {
        if (origins.size() > 1) {
            return "";
        }
        return origins.get(0).equals("null")
                ? "null"
                : WebOrigin.parse(origins.get(0)).map(WebOrigin::toString).orElse("");
    }
}
