package tokenly.app;

import java.time.InstantSource;
import tokenly.wire.IceServers;
import tokenly.wire.IceUrls;
import tokenly.wire.TurnCredentials;

/** The settings of ICE servers, and what clients are told of them. */
final class IceSettings {

    private final Settings settings;

    IceSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Whether they fit together, and the file of the secret can be used.
     *
     * @throws IllegalArgumentException with a message for the operator if not
     */
    void check() {
        boolean hasSecret = SecretSetting.ICE_SECRET.read(settings).isPresent();
        boolean hasTurn = !urls().turn().isEmpty();
        if (hasTurn && !hasSecret) {
            throw new IllegalArgumentException(Setting.ICE_URLS.key()
                    + " names a TURN server, but there is no secret to make credentials for it: set "
                    + Setting.ICE_SECRET_FILE.key() + " or " + Setting.ICE_SECRET.key()
                    + " to what coturn has as static-auth-secret");
        }
        if (hasSecret && !hasTurn) {
            throw new IllegalArgumentException(
                    setSecret().key() + " is set, but no TURN server that has the same secret: add one to "
                            + Setting.ICE_URLS.key() + ", such as turn:turn.example.org:3478");
        }
    }

    private Setting setSecret() {
        return settings.isSet(Setting.ICE_SECRET) ? Setting.ICE_SECRET : Setting.ICE_SECRET_FILE;
    }

    private IceUrls urls() {
        return settings.ifSet(Setting.ICE_URLS).flatMap(IceUrls::parse).orElse(IceUrls.NONE);
    }

    /**
     * Reads the file of the secret, once.
     *
     * @param clock of the time of day
     * @throws IllegalArgumentException as {@link #check}
     */
    IceServers servers(InstantSource clock) {
        return new IceServers(
                urls(),
                SecretSetting.ICE_SECRET
                        .read(settings)
                        .map(secret -> new TurnCredentials(secret, settings.millis(Setting.ICE_LIFETIME), clock))
                        .orElse(null));
    }
}
