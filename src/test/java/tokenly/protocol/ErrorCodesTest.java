package tokenly.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {

    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    @Test
    void theProtocolHasEachCodeOnce() throws IOException {
        String protocol = Files.readString(Path.of("PROTOCOL.md"));
        int begin = protocol.indexOf("\n### Error codes\n");
        List<String> documented = protocol.substring(begin, protocol.indexOf("\n## ", begin))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(
                        line -> NAME.matcher(line.split("\\|", -1)[1]).results().map(found -> found.group(1)))
                .toList();
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .toList());
    }

    @Test
    void aNameIsReadAsItIsWritten() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(ErrorCode.of(code.wireName())).contains(code);
        }
        assertThat(ErrorCode.of("no-such-code")).isEmpty();
    }
}
