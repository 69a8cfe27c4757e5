package tokenly.tool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A change of one place in a source file.
 *
 * @param file in src/main/java
 * @param snippet that stands there exactly once
 */
record Patch(String file, String snippet, String replacement) {

    /** The patched text of the file as it is now; fails if the place is not there any more. */
    String apply(Path sources, String before) {
        assertThat(before.split(Pattern.quote(snippet), -1))
                .as("the snippet must stand once in " + sources.resolve(file) + ": " + snippet)
                .hasSize(2);
        return before.replace(snippet, replacement);
    }

    String read(Path sources) throws IOException {
        return Files.readString(sources.resolve(file));
    }
}
