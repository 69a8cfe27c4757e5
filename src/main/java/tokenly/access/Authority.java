package tokenly.access;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port as in a {@code Host} header (RFC 9110, section 7.2), without user information.
 *
 * @param host a name in lower case without the dot at its end, or a literal address in its one form
 * @param port empty if it is not written
 */
record Authority(String host, OptionalInt port) {

    private static final Pattern SYNTAX =
            Pattern.compile("([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    /** Of the names below it, too, RFC 6761, section 6.3, says that they are this machine. */
    private static final String LOCALHOST = "localhost";

    /** Longest name of DNS (RFC 1035, section 2.3.4), with its port. */
    private static final int LONGEST = 261;

    /** Empty if {@code text} is no authority. */
    static Optional<Authority> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        String port = matcher.group(2);
        return canonical(String.valueOf(matcher.group(1)))
                .map(host -> new Authority(
                        host, port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port))));
    }

    private static Optional<String> canonical(String host) {
        String name = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
        Optional<String> address = IpAddress.parse(name).map(IpAddress::toString);
        return address.isEmpty() && name.startsWith("[") ? Optional.empty() : Optional.of(address.orElse(name));
    }

    /** Whether only this machine can have that name or address. */
    boolean isLoopback() {
        return host.equals(LOCALHOST)
                || host.endsWith("." + LOCALHOST)
                || IpAddress.parse(host).filter(IpAddress::isLoopback).isPresent();
    }

    @Override
    public String toString() {
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port.isEmpty() ? bracketed : bracketed + ":" + port.getAsInt();
    }
}
