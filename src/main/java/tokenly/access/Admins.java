package tokenly.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who administers this server: whoever shows the admin token (settings {@code tokenly.admin.token} and {@code .file}). Thread-safe. */
public final class Admins {

    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] token;

    /** @param token empty if there is none: then no one is an administrator */
    public Admins(Optional<String> token) {
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    /** Whether {@code authorization}, an {@code Authorization} header as in RFC 6750, section 2.1, is an administrator's. Takes as long for any. */
    public boolean isAdmin(@Nullable String authorization) {
        if (token == null
                || authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
    }
}
