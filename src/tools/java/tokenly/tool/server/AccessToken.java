package tokenly.tool.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tokenly.client.ClientOptions;
import tokenly.client.json.JsonObject;

/** The token that the tools show to a server: none, a fixed one, or that of a file, which is read anew at each connection. No text shows it. */
public final class AccessToken {

    private static final System.Logger LOG = System.getLogger(AccessToken.class.getName());

    /** For servers that ask for none. */
    public static final AccessToken NONE = new AccessToken(null, null);

    private final @Nullable String fixed;
    private final @Nullable Path file;

    private AccessToken(@Nullable String fixed, @Nullable Path file) {
        this.fixed = fixed;
        this.file = file;
    }

    public static AccessToken of(String token) {
        return new AccessToken(token.strip(), null);
    }

    public static AccessToken in(Path file) {
        return new AccessToken(null, file);
    }

    public boolean isPresent() {
        return fixed != null || file != null;
    }

    /**
     * The token for the next connection.
     *
     * @throws UncheckedIOException if its file cannot be read
     */
    public Optional<String> get() {
        try {
            return file == null
                    ? Optional.ofNullable(fixed)
                    : Optional.of(Files.readString(file).strip());
        } catch (IOException failed) {
            throw new UncheckedIOException("the file of the token cannot be read: " + failed.getMessage(), failed);
        }
    }

    /** The frame {@code auth} that shows it, as text; empty without one, or if its file cannot be read now. */
    public Optional<String> frame() {
        try {
            return get().map(token ->
                    JsonObject.EMPTY.with("type", "auth").with("token", token).toString());
        } catch (UncheckedIOException failed) {
            LOG.log(Level.WARNING, failed.getMessage());
            return Optional.empty();
        }
    }

    /** {@link #frame} in UTF-8. */
    public Optional<byte[]> utf8() {
        return frame().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same options, with this token where there is one. */
    public ClientOptions on(ClientOptions options) {
        if (fixed != null) {
            return options.withToken(fixed);
        }
        return file == null ? options : options.withToken(() -> CompletableFuture.completedStage(get().orElse("")));
    }
}
