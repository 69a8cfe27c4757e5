package tokenly.tool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tokenly.tool.text.UsageException;

/** Where to listen or to connect, as it is written on the command line. */
final class Endpoint {

    private static final Pattern SYNTAX = Pattern.compile("(?:(?<host>[^:\\s]+|\\[[^]\\s]+]):)?(?<port>[0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    private Endpoint() {}

    /**
     * Reads {@code 3003}, {@code example.org:3003} or {@code [::1]:3003}. Without a host it is 127.0.0.1, where Tokenly
     * listens.
     *
     * @throws UsageException if it is none of these, or the host is unknown
     */
    static InetSocketAddress parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > LAST_PORT) {
            throw new UsageException("bad_address", text);
        }
        String host = matcher.group("host");
        try {
            InetAddress address = InetAddress.getByName(host == null ? "127.0.0.1" : host);
            return new InetSocketAddress(address, Integer.parseInt(matcher.group("port")));
        } catch (UnknownHostException unknown) {
            throw new UsageException("unknown_host", String.valueOf(host));
        }
    }

    /**
     * Tells why a command cannot listen at {@code address}, and which option to change.
     *
     * @param portOption names the port
     * @param hostOption names the host, which may be that of another machine
     */
    static CliException cannotListen(
            IOException failed, InetSocketAddress address, String portOption, String hostOption) {
        boolean isLocal = isOfThisMachine(address.getAddress());
        return new CliException(
                failed,
                isLocal ? "cannot_listen" : "cannot_listen_host",
                format(address),
                String.valueOf(failed.getMessage()),
                isLocal ? portOption : hostOption);
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true; // then the port is the likelier reason
        }
    }

    /** As it is written in a URL: {@code 127.0.0.1:3003}. */
    static String format(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
