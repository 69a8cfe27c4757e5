package tokenly.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * What proves that a client is the one that created a session: 256 random bits, chosen by it (PROTOCOL.md, "Framing"). Never
 * logged.
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

    /** Compares in a time that says nothing about where the two differ. */
    boolean opens(ResumeKey lock) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.US_ASCII), lock.value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ResumeKey[...]";
    }
}
