package tokenly.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * What the server keeps of a {@link ResumeKey}: enough to recognise it, too little to show it. One round of SHA-256 is enough,
 * for a key is 256 random bits and not a password.
 *
 * @param value 32 bytes as 43 characters of base64url (RFC 4648, section 5), without padding
 */
public record KeyHash(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Of no key that can be found. */
    static final KeyHash NONE = new KeyHash("A".repeat(43));

    /** @throws IllegalArgumentException if it is none */
    public KeyHash {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a hash of a resume key is 43 characters of base64url");
        }
    }

    /** Compares in a time that does not depend on where the two differ. */
    boolean opens(KeyHash lock) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.US_ASCII), lock.value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "KeyHash[...]";
    }
}
