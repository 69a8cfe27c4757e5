package tokenly.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address as 128 bits. An IPv4 address and the IPv6 address that it is mapped to (RFC 4291, section 2.5.5.2) are the
 * same.
 *
 * @param high the upper 64 bits; 0 for IPv4
 * @param low the lower 64 bits; for IPv4 the address with {@code ffff} before it
 */
public record IpAddress(long high, long low) {

    /** Bits of an address. */
    static final int BITS = 128;

    /** Bits before an IPv4 address. */
    static final int IPV4_PREFIX = 96;

    private static final long MAPPED = 0xFFFFL << 32;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    /** Also keeps the JDK from asking a name server: what has a colon, and begins like this, it takes for a literal only. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");

    /** Reads a literal address, in brackets or not, with or without a zone; empty if {@code text} is none. Asks no name server. */
    public static Optional<IpAddress> parse(String text) {
        String bare = text.strip();
        if (bare.startsWith("[") && bare.endsWith("]")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        Matcher ipv4 = IPV4.matcher(bare);
        return ipv4.matches() ? ipv4(ipv4) : ipv6(bare.replaceFirst("%[0-9A-Za-z._-]+$", ""));
    }

    private static Optional<IpAddress> ipv4(Matcher octets) {
        long bits = 0;
        for (int i = 1; i <= octets.groupCount(); i++) {
            int octet = Integer.parseInt(octets.group(i));
            if (octet > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(new IpAddress(0, MAPPED | bits));
    }

    private static Optional<IpAddress> ipv6(String text) {
        if (text.indexOf(':') < 0 || !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(text).getAddress());
            return Optional.of(
                    bytes.remaining() == Integer.BYTES // the JDK turns a mapped address into the IPv4 one
                            ? new IpAddress(0, MAPPED | Integer.toUnsignedLong(bytes.getInt()))
                            : new IpAddress(bytes.getLong(), bytes.getLong()));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    boolean isIpv4() {
        return high == 0 && low >>> 32 == MAPPED >>> 32;
    }

    /** Whether it is of this machine, over which nothing comes from a network: 127.0.0.0/8 or ::1. */
    boolean isLoopback() {
        return isIpv4() ? (low >>> 24 & 255) == 127 : high == 0 && low == 1;
    }

    /** Whether the first {@code bits} bits, 0 to 128, are those of {@code other}. */
    boolean startsLike(IpAddress other, int bits) {
        long highMask = bits >= 64 ? -1 : bits == 0 ? 0 : -1L << (64 - bits);
        long lowMask = bits <= 64 ? 0 : -1L << (BITS - bits);
        return ((high ^ other.high) & highMask) == 0 && ((low ^ other.low) & lowMask) == 0;
    }

    @Override
    public String toString() {
        return isIpv4()
                ? (low >>> 24 & 255) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255)
                : groups(high) + ":" + groups(low);
    }

    private static String groups(long half) {
        return "%x:%x:%x:%x".formatted(half >>> 48, half >>> 32 & 0xFFFF, half >>> 16 & 0xFFFF, half & 0xFFFF);
    }
}
