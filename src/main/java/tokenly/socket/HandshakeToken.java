package tokenly.socket;

import jakarta.websocket.server.HandshakeRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tokenly.protocol.Subprotocol;

/**
 * The token that came with a handshake, from a client that cannot send a frame first.
 *
 * @param isInAddress whether it stood in the address, which proxies write into their logs
 */
record HandshakeToken(String text, boolean isInAddress) {

    /** The property of a socket that holds it until the connection is open. */
    static final String PROPERTY = "tokenly.token";

    private static final String QUERY = "access_token=";

    /** That of {@code request}: in its list of subprotocols, or else in its address. */
    static Optional<HandshakeToken> of(HandshakeRequest request) {
        List<String> subprotocols =
                request.getHeaders().get(HandshakeRequest.SEC_WEBSOCKET_PROTOCOL); // null on Payara if there is none
        Stream<String> offered = subprotocols == null ? Stream.empty() : parts(subprotocols.stream(), ",");
        return behind(Subprotocol.TOKEN, offered)
                .map(text -> new HandshakeToken(text, false))
                .or(() -> behind(QUERY, parts(Stream.ofNullable(request.getQueryString()), "&"))
                        .map(text -> new HandshakeToken(text, true)));
    }

    private static Stream<String> parts(Stream<String> texts, String separator) {
        return texts.flatMap(text -> Arrays.stream(text.split(separator, -1))).map(String::strip);
    }

    private static Optional<String> behind(String prefix, Stream<String> texts) {
        return texts.filter(text -> text.startsWith(prefix))
                .map(text -> text.substring(prefix.length()))
                .findFirst();
    }

    /** Without the token, which must reach no log. */
    @Override
    public String toString() {
        return "HandshakeToken[isInAddress=" + isInAddress + "]";
    }
}
