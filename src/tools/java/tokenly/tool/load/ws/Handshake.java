package tokenly.tool.load.ws;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The opening handshake (RFC 6455, section 4.1). All connections of a client send the same key: it has only to tell a
 * WebSocket server's answer from a cached or mistaken one. Immutable.
 */
final class Handshake {

    /** Longest answer in bytes. */
    static final int MAX_ANSWER = 8_192;

    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // section 1.3
    private static final int KEY_BYTES = 16;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b");
    private static final Pattern PROTOCOL = Pattern.compile("(?im)^Sec-WebSocket-Protocol:[ \t]*(\\S+)[ \t]*$");
    private static final Pattern ACCEPT = Pattern.compile("(?im)^Sec-WebSocket-Accept:[ \t]*(\\S+)[ \t]*$");

    private final byte[] request;
    private final String accept;
    private final String subprotocol;

    /** @param subprotocol that is asked for; empty for none */
    Handshake(URI uri, RandomGenerator random, String subprotocol) {
        this.subprotocol = subprotocol;
        byte[] nonce = new byte[KEY_BYTES];
        random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String asked = subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
        request = String.join(
                        "\r\n",
                        "GET " + path + query + " HTTP/1.1",
                        "Host: " + uri.getRawAuthority(),
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: " + key,
                        asked,
                        "")
                .getBytes(StandardCharsets.US_ASCII);
        accept = Base64.getEncoder().encodeToString(sha1(key + KEY_SUFFIX));
    }

    ByteBuffer request() {
        return ByteBuffer.wrap(request).asReadOnlyBuffer();
    }

    /** How the connection ends because of {@code answer}, the whole head of it; empty if it is open. */
    Optional<CloseOutcome> refusal(CharSequence answer) {
        Matcher status = STATUS_LINE.matcher(answer);
        if (!status.lookingAt()) {
            return Optional.of(CloseOutcome.BAD_FRAME);
        }
        int code = Integer.parseInt(status.group(1));
        if (code != 101) {
            return Optional.of(CloseOutcome.http(code));
        }
        Matcher accepted = ACCEPT.matcher(answer);
        Matcher agreed = PROTOCOL.matcher(answer);
        boolean isOurs = accepted.find()
                && accepted.group(1).equals(accept)
                && (agreed.find() ? agreed.group(1) : "").equals(subprotocol);
        return isOurs ? Optional.empty() : Optional.of(CloseOutcome.BAD_FRAME);
    }

    private static byte[] sha1(String text) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
