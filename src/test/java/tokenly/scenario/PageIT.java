package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tokenly.tool.server.Parts;
import tokenly.tool.server.ServerKind;

/** The page in real Chromium, by src/test/js/page.it.js; where there is none, its output says that it is skipped. */
class PageIT {

    @TempDir
    private Path base;

    @Test
    void thePageDoesWhatItsButtonsSay() throws IOException, InterruptedException {
        ServerKind.JETTY.prepare(base);
        ProcessBuilder node = new ProcessBuilder("node", "--test", "src/test/js/page.it.js")
                .directory(Parts.project().toFile())
                .inheritIO();
        node.environment()
                .putAll(Map.of(
                        "TOKENLY_JETTY_HOME", Parts.jettyHome().toString(),
                        "TOKENLY_JETTY_BASE", base.toString()));

        assertThat(node.start().waitFor()).as("exit code of node").isZero();
    }
}
