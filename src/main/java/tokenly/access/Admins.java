package tokenly.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The administrators of this server: clients that show the admin token (settings {@code tokenly.admin.token} and {@code .file}),
 * or a token with the grant {@code admin}. Thread-safe.
 */
public final class Admins {

    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] token;
    private final Door door;

    /** @param token the admin token; empty if there is none */
    public Admins(Optional<String> token, Door door) {
        this.door = door;
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    /** Whether {@code authorization}, an {@code Authorization} header as in RFC 6750, section 2.1, is an administrator's. */
    public boolean isAdmin(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        boolean isToken = token != null && MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
        return isToken || isGranted(shown);
    }

    private boolean isGranted(String shown) {
        return door.asksForTokens()
                && door.verify(shown) instanceof Verdict.Accepted accepted
                && accepted.identity().grants().isAdmin();
    }
}
