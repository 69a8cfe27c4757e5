package tokenly.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.access.Door;
import tokenly.access.Revocations;
import tokenly.access.TokenKeys;
import tokenly.access.TokenRules;
import tokenly.access.Tokens;
import tokenly.session.Timer;

/** The settings of tokens, and the door that is made of them. */
final class TokenSettings {

    private static final int MAX_SECRET_FILE_BYTES = 64 << 10;

    private final Settings settings;

    TokenSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Whether they fit together.
     *
     * @throws IllegalArgumentException saying which do not
     */
    void check() {
        if (isSet(Setting.TOKEN_SECRET) && isSet(Setting.TOKEN_SECRET_FILE)) {
            throw new IllegalArgumentException(Setting.TOKEN_SECRET.key() + " and " + Setting.TOKEN_SECRET_FILE.key()
                    + " are both set, but a server has one secret");
        }
        if (!asksForTokens()) {
            Stream.of(Setting.TOKEN_ISSUER, Setting.TOKEN_AUDIENCE, Setting.REVOKED_FILE, Setting.REVOKED)
                    .filter(this::isSet)
                    .findFirst()
                    .ifPresent(setting -> {
                        throw new IllegalArgumentException(
                                setting.key() + " is set, but no key that verifies tokens: set "
                                        + Setting.TOKEN_SECRET.key() + ", " + Setting.TOKEN_SECRET_FILE.key() + " or "
                                        + Setting.TOKEN_KEYS.key());
                    });
        }
    }

    /** Whether a key is set, so that clients need a token. */
    boolean asksForTokens() {
        return Stream.of(Setting.TOKEN_SECRET, Setting.TOKEN_SECRET_FILE, Setting.TOKEN_KEYS)
                .anyMatch(this::isSet);
    }

    /**
     * Reads the files; a URL is only asked.
     *
     * @throws IllegalArgumentException with a message for the operator if a file cannot be used
     */
    Door door(Executor executor, Timer timer, InstantSource clock) {
        if (!asksForTokens()) {
            return Door.OPEN;
        }
        TokenRules rules = new TokenRules(
                settings.whole(Setting.TOKEN_BYTES),
                settings.millis(Setting.TOKEN_LEEWAY),
                value(Setting.TOKEN_ISSUER).orElse(null),
                value(Setting.TOKEN_AUDIENCE).orElse(null));
        return new Door(
                new Tokens(rules, secret(), keys(executor, timer), clock),
                revocations(executor, timer),
                settings.text(Setting.TOKEN_IN_URL).equals("on"));
    }

    private byte @Nullable [] secret() {
        Optional<String> file = value(Setting.TOKEN_SECRET_FILE);
        return file.isPresent()
                ? secretIn(Path.of(file.get()))
                : value(Setting.TOKEN_SECRET)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .orElse(null);
    }

    private byte[] secretIn(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = withoutNewline(in.readNBytes(MAX_SECRET_FILE_BYTES));
        } catch (IOException failure) {
            throw unusable(Setting.TOKEN_SECRET_FILE, failure);
        }
        if (bytes.length < Tokens.MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(Setting.TOKEN_SECRET_FILE.key() + ": " + file + " holds " + bytes.length
                    + " bytes, but a secret has at least " + Tokens.MIN_SECRET_BYTES
                    + ": make one by openssl rand -base64 48");
        }
        return bytes;
    }

    private static byte[] withoutNewline(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end -= end > 1 && bytes[end - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(bytes, end);
    }

    private @Nullable TokenKeys keys(Executor executor, Timer timer) {
        String place = value(Setting.TOKEN_KEYS).orElse("");
        if (ValueForm.KeysPlace.isUrl(place)) {
            return TokenKeys.at(ValueForm.KeysPlace.url(place).orElseThrow(), executor, timer);
        }
        try {
            return place.isEmpty() ? null : TokenKeys.in(Path.of(place), executor, timer);
        } catch (IOException failure) {
            throw unusable(Setting.TOKEN_KEYS, failure);
        }
    }

    private Revocations revocations(Executor executor, Timer timer) {
        String fixed = value(Setting.REVOKED).orElse("");
        Optional<String> file = value(Setting.REVOKED_FILE);
        try {
            return file.isPresent()
                    ? Revocations.of(fixed, Path.of(file.get()), executor, timer)
                    : Revocations.of(fixed);
        } catch (IOException failure) {
            throw unusable(Setting.REVOKED_FILE, failure);
        }
    }

    private IllegalArgumentException unusable(Setting setting, IOException failure) {
        String reason = failure instanceof NoSuchFileException ? "there is no such file" : failure.getMessage();
        return new IllegalArgumentException(
                setting.key() + ": " + settings.text(setting) + " cannot be used: " + reason, failure);
    }

    private Optional<String> value(Setting setting) {
        return Optional.of(settings.text(setting)).filter(text -> !text.equals(ValueForm.NONE));
    }

    private boolean isSet(Setting setting) {
        return value(setting).isPresent();
    }
}
