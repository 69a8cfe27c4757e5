package tokenly.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import tokenly.access.Admins;
import tokenly.access.AllowedHosts;
import tokenly.access.AllowedOrigins;
import tokenly.access.Door;
import tokenly.access.HandshakeRules;
import tokenly.access.StatusAccess;

/** What the settings say of who may come in, before any token. */
final class DoorSettings {

    private final Settings settings;

    DoorSettings(Settings settings) {
        this.settings = settings;
    }

    /** Throws if whoever reaches the address of this server could join any room, and no setting says that this is meant. */
    void checkOpen() {
        String address = settings.httpAddress();
        String host = address.substring(0, address.lastIndexOf(':'));
        if (isLocalOnly() && !HandshakeRules.isLoopback(host)) {
            throw new IllegalArgumentException(Setting.HTTP_ADDRESS.key() + " is " + address
                    + ", which other machines reach, but this server asks for no tokens: whoever reaches it could join"
                    + " any room.\n"
                    + "    Either set a key, tokenly.token.secret.file or tokenly.token.keys, so that it asks for"
                    + " tokens,\n"
                    + "    or let all in: " + Setting.OPEN.key()
                    + "=everywhere (in the environment " + Setting.OPEN.environmentKey() + "=everywhere)");
        }
    }

    /** Throws if the admin token is set twice, cannot be read or is short, or if no one could read the status. */
    void checkAdmins() {
        if (adminToken().isEmpty() && isStatusForAdmins() && !settings.tokens().asksForTokens()) {
            throw new IllegalArgumentException(Setting.STATUS.key() + " is admin, but there is no administrator: set "
                    + Setting.ADMIN_TOKEN_FILE.key() + " or " + Setting.ADMIN_TOKEN.key());
        }
    }

    private boolean isLocalOnly() {
        return !settings.tokens().asksForTokens() && settings.text(Setting.OPEN).equals("loopback");
    }

    /** Who may connect, for the log. */
    String openTo() {
        if (settings.tokens().asksForTokens()) {
            return "tokens are asked for";
        }
        return isLocalOnly()
                ? "open to this machine only"
                : "open: whoever reaches this address may join any room (" + Setting.OPEN.key() + "=everywhere)";
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
        String file = settings.text(Setting.ADMIN_TOKEN_FILE);
        String token = settings.text(Setting.ADMIN_TOKEN);
        if (file.equals(ValueForm.NONE)) {
            return Optional.of(token).filter(text -> !text.equals(ValueForm.NONE));
        }
        if (!token.equals(ValueForm.NONE)) {
            throw new IllegalArgumentException("Both " + Setting.ADMIN_TOKEN.key() + " and "
                    + Setting.ADMIN_TOKEN_FILE.key() + " are set: set one of them");
        }
        return Optional.of(read(file));
    }

    private static String read(String file) {
        try {
            return Setting.ADMIN_TOKEN
                    .parse(Files.readString(Path.of(file)))
                    .filter(text -> !text.equals(ValueForm.NONE))
                    .orElseThrow(() -> new IllegalArgumentException(Setting.ADMIN_TOKEN_FILE.key() + ": " + file
                            + " must hold " + ValueForm.AdminToken.FORM + ", in one line"));
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException(
                    Setting.ADMIN_TOKEN_FILE.key() + ": " + file + " cannot be read as text", unreadable);
        }
    }
}
