package tokenly.client;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Random names and keys. */
final class Base64Url {

    private Base64Url() {}

    /** So many random bytes as base64url without padding (RFC 4648, section 5). */
    static String random(RandomGenerator random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }
}
