package tokenly.client;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tokenly.protocol.Subprotocol;

/**
 * Where a connection is opened to. Its query may hold a token, so no message shows it.
 *
 * @param uri with the scheme {@code ws} or {@code wss}, and a host
 */
record Address(URI uri) {

    private static final int PORT_OF_WS = 80;
    private static final int PORT_OF_WSS = 443;

    /** Two ways to ask for {@code tokenly.v1} in the address, for proxies that drop the header of the subprotocol. */
    private static final Set<String> V1_IN_QUERY =
            Set.of("protocol=" + Subprotocol.V1, "protocol=" + Subprotocol.V1_BATCHED);

    /** @throws IllegalArgumentException if it is no address of a WebSocket */
    Address {
        if ((!"ws".equals(uri.getScheme()) && !"wss".equals(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "the address of the server begins with ws:// or wss:// and has a host, and is not " + shown(uri));
        }
    }

    private static String shown(URI uri) {
        return uri.toString().replaceFirst("\\?.*", "?...");
    }

    /** The server, under which keys are filed: scheme, host, port and path, such as {@code ws://localhost:3003/rtc}. */
    String server() {
        int usual = uri.getScheme().equals("ws") ? PORT_OF_WS : PORT_OF_WSS;
        String path = Optional.ofNullable(uri.getRawPath())
                .filter(found -> !found.isEmpty())
                .orElse("/");
        return uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":"
                + (uri.getPort() < 0 ? usual : uri.getPort()) + path;
    }

    /** Whether it asks for {@code tokenly.v1} by itself: {@code ?protocol=tokenly.v1} or {@code ?protocol=tokenly.v1.batched}. */
    boolean asksForV1() {
        return uri.getRawQuery() != null
                && Arrays.stream(uri.getRawQuery().split("&")).anyMatch(V1_IN_QUERY::contains);
    }

    /** Whether it shows the server a token by itself: {@code ?access_token=...}, which counts where a setting allows it. */
    boolean holdsToken() {
        return uri.getRawQuery() != null
                && Arrays.stream(uri.getRawQuery().split("&")).anyMatch(field -> field.startsWith("access_token="));
    }
}
