package tokenly.app;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
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
        SecretSetting.TOKEN_SECRET.check(settings);
        if (!asksForTokens()) {
            Stream.of(Setting.TOKEN_ISSUER, Setting.TOKEN_AUDIENCE, Setting.REVOKED_FILE, Setting.REVOKED)
                    .filter(settings::isSet)
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
        return SecretSetting.TOKEN_SECRET.isSet(settings) || settings.isSet(Setting.TOKEN_KEYS);
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
                settings.ifSet(Setting.TOKEN_ISSUER).orElse(null),
                settings.ifSet(Setting.TOKEN_AUDIENCE).orElse(null));
        byte[] secret = SecretSetting.TOKEN_SECRET.read(settings).orElse(null);
        return new Door(
                new Tokens(rules, secret, keys(executor, timer), clock),
                revocations(executor, timer),
                settings.text(Setting.TOKEN_IN_URL).equals("on"));
    }

    private @Nullable TokenKeys keys(Executor executor, Timer timer) {
        String place = settings.ifSet(Setting.TOKEN_KEYS).orElse("");
        if (AccessForms.KeysPlace.isUrl(place)) {
            return TokenKeys.at(AccessForms.KeysPlace.url(place).orElseThrow(), executor, timer);
        }
        try {
            return place.isEmpty() ? null : TokenKeys.in(Path.of(place), executor, timer);
        } catch (IOException failure) {
            throw unusable(Setting.TOKEN_KEYS, failure);
        }
    }

    private Revocations revocations(Executor executor, Timer timer) {
        String fixed = settings.ifSet(Setting.REVOKED).orElse("");
        Optional<String> file = settings.ifSet(Setting.REVOKED_FILE);
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
                setting.key() + ": " + setting.shown(settings.text(setting)) + " cannot be used: " + reason, failure);
    }
}
