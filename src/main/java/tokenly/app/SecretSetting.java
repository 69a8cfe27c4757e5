package tokenly.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret that one setting holds, or a file that another setting names. No message shows the secret.
 *
 * @param value the setting that holds it
 * @param file the setting that names a file of it
 * @param form of the secret
 */
record SecretSetting(Setting value, Setting file, AccessForms.Secret form) {

    static final SecretSetting ADMIN_TOKEN =
            new SecretSetting(Setting.ADMIN_TOKEN, Setting.ADMIN_TOKEN_FILE, new AccessForms.AsciiSecret());

    static final SecretSetting TOKEN_SECRET =
            new SecretSetting(Setting.TOKEN_SECRET, Setting.TOKEN_SECRET_FILE, new AccessForms.TokenSecret());

    static final SecretSetting ICE_SECRET =
            new SecretSetting(Setting.ICE_SECRET, Setting.ICE_SECRET_FILE, new AccessForms.AsciiSecret());

    static final SecretSetting STORE_PASSWORD =
            new SecretSetting(Setting.STORE_PASSWORD, Setting.STORE_PASSWORD_FILE, new StoreForms.Password());

    static final SecretSetting CLUSTER_SECRET =
            new SecretSetting(Setting.CLUSTER_SECRET, Setting.CLUSTER_SECRET_FILE, new AccessForms.AsciiSecret());

    /** So that a wrong path, such as that of a device, does not fill the heap; a secret is far shorter. */
    private static final int MAX_FILE_BYTES = 64 << 10;

    /** Whether {@code settings} have it, in one way or the other. */
    boolean isSet(Settings settings) {
        return settings.isSet(value) || settings.isSet(file);
    }

    /**
     * Checks that {@code settings} have it in one way only. Reads no file.
     *
     * @throws IllegalArgumentException with a message for the operator if they have it in both
     */
    void check(Settings settings) {
        if (settings.isSet(value) && settings.isSet(file)) {
            throw new IllegalArgumentException(value.key() + " and " + file.key() + " are both set: set one of them");
        }
    }

    /**
     * The secret; of a file all but one newline at its end. Empty if it is not set.
     *
     * @throws IllegalArgumentException with a message for the operator if it is set twice, or if its file cannot be read, is
     *     larger than 64 KiB or holds no such secret
     */
    Optional<byte[]> read(Settings settings) {
        check(settings);
        Optional<String> path = settings.ifSet(file);
        return path.isPresent()
                ? Optional.of(in(path.get()))
                : settings.ifSet(value).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] in(String path) {
        byte[] secret = content(path);
        if (!form.accepts(secret)) {
            throw unusable(path, "it holds " + secret.length + " bytes that do not fit", null);
        }
        return secret;
    }

    private byte[] content(String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw unusable(path, "it is larger than " + MAX_FILE_BYTES + " bytes", null);
            }
            return withoutNewline(bytes);
        } catch (NoSuchFileException missing) {
            throw unusable(path, "there is no such file", missing);
        } catch (AccessDeniedException closed) {
            throw unusable(path, "the user of the server may not read it", closed);
        } catch (IOException | InvalidPathException failure) {
            throw unusable(path, "it cannot be read (" + failure.getMessage() + ")", failure);
        }
    }

    private static byte[] withoutNewline(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end -= end > 1 && bytes[end - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(bytes, end);
    }

    private IllegalArgumentException unusable(String path, String reason, @Nullable Exception cause) {
        return new IllegalArgumentException(
                file.key() + ": " + path + " cannot be used: " + reason
                        + ". Name a file that the server may read and that holds " + form.range(),
                cause);
    }
}
