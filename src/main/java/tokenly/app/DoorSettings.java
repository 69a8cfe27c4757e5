package tokenly.app;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tokenly.access.Admins;
import tokenly.access.AllowedHosts;
import tokenly.access.AllowedOrigins;
import tokenly.access.Door;
import tokenly.access.HandshakeRules;
import tokenly.access.StatusAccess;

/** The settings of an open server, of its handshakes and of its administrators. */
final class DoorSettings {

    private final Settings settings;

    DoorSettings(Settings settings) {
        this.settings = settings;
    }

    /** Throws if clients of other machines could join any room, and no setting says that this is meant. */
    void checkOpen() {
        String address = settings.httpAddress();
        String host = address.substring(0, address.lastIndexOf(':'));
        if (isLocalOnly() && !HandshakeRules.isLoopback(host)) {
            throw new IllegalArgumentException(Setting.HTTP_ADDRESS.key() + " is " + address
                    + ", which other machines reach, but this server asks for no tokens: any client that reaches it"
                    + " could join any room.\n"
                    + "    Either set a key, tokenly.token.secret.file or tokenly.token.keys, so that it asks for"
                    + " tokens,\n"
                    + "    or let all clients in: " + Setting.OPEN.key()
                    + "=everywhere (in the environment " + Setting.OPEN.environmentKey() + "=everywhere)");
        }
    }

    /** Throws if the admin token is set twice or cannot be used, or if only administrators may read the status and there are none. */
    void checkAdmins() {
        if (adminToken().isEmpty() && isStatusForAdmins() && !settings.tokens().asksForTokens()) {
            throw new IllegalArgumentException(Setting.STATUS.key() + " is admin, but there is no administrator: set "
                    + Setting.ADMIN_TOKEN_FILE.key() + " or " + Setting.ADMIN_TOKEN.key());
        }
    }

    private boolean isLocalOnly() {
        return !settings.tokens().asksForTokens() && settings.text(Setting.OPEN).equals("loopback");
    }

    /** Which clients may connect, for the log. */
    String openTo() {
        if (settings.tokens().asksForTokens()) {
            return "tokens are asked for";
        }
        return isLocalOnly()
                ? "open to this machine only"
                : "open: any client that reaches this address may join any room (" + Setting.OPEN.key()
                        + "=everywhere)";
    }

    HandshakeRules handshakeRules() {
        return new HandshakeRules(
                isLocalOnly(),
                AllowedHosts.parse(settings.text(Setting.HOSTS)).orElseThrow(),
                AllowedOrigins.parse(settings.text(Setting.ORIGINS)).orElseThrow());
    }

    StatusAccess statusAccess(Door door) {
        return new StatusAccess(!isStatusForAdmins(), new Admins(adminToken(), door));
    }

    private boolean isStatusForAdmins() {
        return settings.text(Setting.STATUS).equals("admin");
    }

    private Optional<String> adminToken() {
        return SecretSetting.ADMIN_TOKEN.read(settings).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }
}
