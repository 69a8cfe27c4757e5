package tokenly.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/** What the server says about the token of a connection (PROTOCOL.md, "Tokens"). No frame has a token in it. */
public final class TokenFrames {

    private TokenFrames() {}

    /**
     * {@code authenticated}: the answer to {@code auth}.
     *
     * @param subject whom the token names; null on a server that asks for none
     * @param expiresIn how long the token counts from now; null like {@code subject}
     */
    public static String authenticated(@Nullable String subject, @Nullable Duration expiresIn) {
        return Encoder.object("authenticated", null, json -> {
            if (subject != null && expiresIn != null) {
                json.writeStringField("sub", subject);
                Encoder.millis(json, "expires_in_ms", expiresIn);
            }
        });
    }

    /** {@code token-expiring}: it is time to send another {@code auth}. */
    public static String expiring(Duration expiresIn) {
        return Encoder.object("token-expiring", null, json -> Encoder.millis(json, "expires_in_ms", expiresIn));
    }

    /** The answer to the first frame of a client that has shown no token. */
    public static String unauthorized() {
        return Encoder.object("error", null, json -> {
            json.writeStringField("code", ErrorCode.UNAUTHORIZED.wireName());
            json.writeStringField("message", ErrorCode.UNAUTHORIZED.message());
        });
    }
}
