package tokenly.access;

/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 address, which one household or host can have whole
 * (RFC 6177, section 2).
 *
 * @param high the upper 64 bits of the address; 0 for IPv4
 * @param low the lower 64 bits of an IPv4 address ({@link IpAddress}); 0 for IPv6
 */
public record ClientAddress(long high, long low) {

    /** Of a client whose address the server does not know: all of them share one. */
    public static final ClientAddress UNKNOWN = new ClientAddress(0, -1);

    /** The client at {@code address}. */
    public static ClientAddress of(IpAddress address) {
        return new ClientAddress(address.high(), address.isIpv4() ? address.low() : 0);
    }

    @Override
    public String toString() {
        IpAddress start = new IpAddress(high, low);
        return equals(UNKNOWN) ? "unknown" : start.isIpv4() ? start.toString() : start + "/64";
    }
}
