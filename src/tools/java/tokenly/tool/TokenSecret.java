package tokenly.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.tool.text.UsageException;

/** The secret by which tokens are signed, as the server reads it. No text shows it. */
final class TokenSecret {

    /** RFC 7518, section 3.2: a key for HS256 is as long as its hash. */
    static final int LEAST_BYTES = 32;

    private static final String IN_ENVIRONMENT = "TOKENLY_TOKEN_SECRET";
    private static final String FILE_IN_ENVIRONMENT = "TOKENLY_TOKEN_SECRET_FILE";
    private static final String ALGORITHM = "HmacSHA256";
    private static final JsonObject HEADER =
            JsonObject.EMPTY.with("alg", "HS256").with("typ", "JWT");

    private final SecretKeySpec key;

    private TokenSecret(byte[] bytes) {
        if (bytes.length < LEAST_BYTES) {
            throw new UsageException("short_token_secret", bytes.length, LEAST_BYTES);
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * Finds it.
     *
     * @param file that holds it; null to look into {@code environment}
     * @throws UsageException if there is none, or it is too short
     */
    static TokenSecret find(@Nullable Path file, Map<String, String> environment) {
        if (file != null) {
            return new TokenSecret(read(file, "--secret-file"));
        }
        String inEnvironment = environment.get(IN_ENVIRONMENT);
        if (inEnvironment != null) {
            return new TokenSecret(inEnvironment.strip().getBytes(StandardCharsets.UTF_8));
        }
        String named = environment.get(FILE_IN_ENVIRONMENT);
        if (named == null) {
            throw new UsageException("no_token_secret");
        }
        return new TokenSecret(read(Path.of(named), FILE_IN_ENVIRONMENT));
    }

    private static byte[] read(Path file, String option) {
        try {
            return withoutNewline(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw new UsageException("cannot_read", file, String.valueOf(failed.getMessage()), option);
        }
    }

    private static byte[] withoutNewline(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end -= end > 1 && bytes[end - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** The JWT of {@code claims} (RFC 7515, compact). */
    String sign(JsonObject claims) {
        String signed = encode(HEADER.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
