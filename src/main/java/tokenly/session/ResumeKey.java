package tokenly.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What proves that a client is the one that created a session: 256 random bits, chosen by it (PROTOCOL.md, "Framing"). Never
 * logged, and never kept: the server keeps its {@link #hash}.
 *
 * @param value 43 characters of base64url (RFC 4648, section 5), without padding
 */
public record ResumeKey(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** @throws IllegalArgumentException with a message for the peer, if it is none */
    public ResumeKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a resume key is 256 random bits in 43 characters of base64url");
        }
    }

    /** Its SHA-256. */
    public KeyHash hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return new KeyHash(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException impossible) { // java.security.MessageDigest: every Java platform has it
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "ResumeKey[...]";
    }
}
