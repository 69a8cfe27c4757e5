package tokenly.tool;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tokenly.tool.server.AccessToken;
import tokenly.tool.text.UsageException;

/** The options of commands that connect to a server which may ask for a token. */
final class TokenOptions {

    @Option(names = "--token", paramLabel = "JWT", description = "${bundle:access_token_option}")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "${bundle:access_token_file_option}")
    private @Nullable Path file;

    /** @throws UsageException if two are named, or the one that is named is empty or cannot be read */
    AccessToken get() {
        if (token != null && file != null) {
            throw new UsageException("one_of_two", "--token", "--token-file");
        }
        AccessToken named =
                file != null ? AccessToken.in(file) : token != null ? AccessToken.of(token) : AccessToken.NONE;
        String option = file != null ? "--token-file" : "--token";
        try {
            if (named.get().filter(String::isEmpty).isPresent()) {
                throw new UsageException("empty_token", option);
            }
        } catch (UncheckedIOException failed) {
            throw new UsageException("cannot_read", String.valueOf(file), String.valueOf(failed.getMessage()), option);
        }
        return named;
    }

    /** The same for a command that starts its own server unless it is given one, by {@code hasServer}. */
    AccessToken get(boolean hasServer) {
        AccessToken named = get();
        if (named.isPresent() && !hasServer) {
            throw new UsageException("token_without_url", token != null ? "--token" : "--token-file");
        }
        return named;
    }
}
