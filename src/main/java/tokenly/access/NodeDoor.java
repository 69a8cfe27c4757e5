package tokenly.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes may open a link to this one: those that have the secret of the cluster. They show that by a code over the time, so that the
 * secret itself goes over no wire, and what was overheard is of no use for long. Thread-safe.
 */
public final class NodeDoor {

    /** Where nodes meet, below the URL of each. */
    public static final String PATH = "/node";

    /** The header of the handshake with a {@link #pass}. */
    public static final String HEADER = "Tokenly-Node";

    /** Of a server that is no node of a cluster: it lets no node in. */
    public static final NodeDoor CLOSED = new NodeDoor(null, InstantSource.system());

    /** How far the clocks of two nodes may be apart. */
    private static final Duration MOST_APART = Duration.ofSeconds(60);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SEPARATOR = ".";

    private final byte @Nullable [] secret;
    private final InstantSource clock;

    /** @param secret null if no node may come in */
    public NodeDoor(byte @Nullable [] secret, InstantSource clock) {
        this.secret = secret == null ? null : secret.clone();
        this.clock = clock;
    }

    /** What this node shows to another one, made anew for each link. */
    public String pass() {
        String time = Long.toString(clock.instant().getEpochSecond());
        return time + SEPARATOR + code(time);
    }

    /** Whether any node may come in. */
    public boolean isOpen() {
        return secret != null;
    }

    /**
     * What is wrong with a pass, for the operator; empty if nothing is.
     *
     * @param shown null if there was none
     */
    public Optional<String> fault(@Nullable String shown) {
        if (secret == null || shown == null || shown.indexOf(SEPARATOR) < 0) {
            return Optional.of("no pass");
        }
        String time = shown.substring(0, shown.indexOf(SEPARATOR));
        byte[] expected = code(time).getBytes(StandardCharsets.US_ASCII);
        byte[] found = shown.substring(time.length() + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, found)) {
            return Optional.of("another tokenly.cluster.secret");
        }
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant())
                .abs();
        return apart.compareTo(MOST_APART) > 0
                ? Optional.of("its clock is " + apart.toSeconds() + " s from that of this node")
                : Optional.empty();
    }

    private String code(String time) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(time.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
