package tokenly.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tokenly.session.SessionId;

/**
 * Makes credentials that a TURN server with the same secret accepts until they expire ("A REST API For Access To TURN Services",
 * draft-uberti-behave-turn-rest-00; {@code use-auth-secret} of coturn). It sends nothing to that server. Thread-safe.
 */
public final class TurnCredentials {

    private static final String ALGORITHM = "HmacSHA1"; // the draft's; coturn knows no other one

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

    /** So that a long session id does not fill the packets and logs of the TURN server; RFC 8489 ends a user name at 508 bytes. */
    private static final int MAX_NAME = 64;

    private final byte[] secret;
    private final Duration lifetime;
    private final InstantSource clock;

    /** @param clock of the time of day, by which the TURN server's must go, too */
    public TurnCredentials(byte[] secret, Duration lifetime, InstantSource clock) {
        this.secret = secret.clone();
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** One user name and its password. */
    record Credential(String username, String password) {

        /** Without the password, which must reach no log. */
        @Override
        public String toString() {
            return "Credential[" + username + "]";
        }
    }

    /** How long each credential is good. */
    Duration lifetime() {
        return lifetime;
    }

    /** One that is good from now on for {@link #lifetime}, less the part of a second; its user name says which session it was made for. */
    Credential issue(SessionId session) {
        String username = clock.instant().plus(lifetime).getEpochSecond() + ":" + name(session);
        return new Credential(username, Base64.getEncoder().encodeToString(hmac(username)));
    }

    private static String name(SessionId session) {
        String safe = UNSAFE.matcher(session.value()).replaceAll("_");
        return safe.substring(0, Math.min(safe.length(), MAX_NAME));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
