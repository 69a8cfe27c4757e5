package tokenly.tool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A change of one place in a source file.
 *
 * @param file of the server, in src/main/java, or of the client, in src/client/java
 * @param snippet that stands there exactly once
 */
record Patch(String file, String snippet, String replacement) {

    /** The patched text of the file as it is now; fails if the place is not there any more. */
    String apply(String before) {
        assertThat(before.split(Pattern.quote(snippet), -1))
                .as("the snippet must stand once in " + file + ": " + snippet)
                .hasSize(2);
        return before.replace(snippet, replacement);
    }

    /** The text of the file as it is, in one of the trees below {@code roots}. */
    String read(Path roots) throws IOException {
        String tree = file.startsWith("tokenly/client/") ? "client" : "main";
        return Files.readString(roots.resolve(tree).resolve("java").resolve(file));
    }
}
