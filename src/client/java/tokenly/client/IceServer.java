package tokenly.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;

/**
 * A STUN or TURN server that this peer may use, as an RTCIceServer of WebRTC. Immutable.
 *
 * @param urls {@code stun:}, {@code stuns:}, {@code turn:} or {@code turns:} URLs; at least one
 * @param username for TURN; null for STUN, which asks for none
 * @param credential its password, which expires; null for STUN
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {

    /** Copies {@code urls}. */
    public IceServer {
        urls = List.copyOf(urls);
    }

    /**
     * Without the credential, which must reach no log.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "IceServer" + urls;
    }

    /** The {@code ice_servers} of a frame; what is none is left out, as that of a later server may be. */
    static List<IceServer> all(JsonObject frame) {
        return frame.array("ice_servers").orElse(List.of()).stream()
                .flatMap(value ->
                        value instanceof JsonObject server ? of(server).stream() : Optional.<IceServer>empty().stream())
                .toList();
    }

    private static Optional<IceServer> of(JsonObject server) {
        List<String> urls = new ArrayList<>();
        for (Json url : server.array("urls").orElse(List.of())) {
            if (url instanceof Json.Text text) {
                urls.add(text.value());
            }
        }
        return urls.isEmpty()
                ? Optional.empty()
                : Optional.of(new IceServer(
                        urls,
                        server.text("username").orElse(null),
                        server.text("credential").orElse(null)));
    }
}
