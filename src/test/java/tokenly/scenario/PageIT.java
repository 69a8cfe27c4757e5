package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tokenly.tool.server.Parts;
import tokenly.tool.server.ServerKind;

/** The pages and calls in real Chromium, by src/test/js/page.it.js, call.it.js and call-page.it.js; where there is none, their output says that they are skipped. */
class PageIT {

    /** Before the part of the output that says what failed, and why. */
    private static final String FAILURES = "failing tests:";

    @TempDir
    private Path base;

    @Test
    void thePagesDoWhatTheirButtonsSay() throws IOException, InterruptedException {
        ServerKind.JETTY.prepare(base);
        ProcessBuilder builder = new ProcessBuilder(
                        "node",
                        "--test",
                        "--test-concurrency=1",
                        "--test-reporter=spec",
                        "src/test/js/page.it.js",
                        "src/test/js/call.it.js",
                        "src/test/js/call-page.it.js")
                .directory(Parts.project().toFile())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "TOKENLY_JETTY_HOME", Parts.jettyHome().toString(),
                        "TOKENLY_JETTY_BASE", base.toString()));

        Process node = builder.start();
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(output);
        assertThat(node.waitFor())
                .as(() -> output.substring(Math.max(0, output.indexOf(FAILURES))))
                .isZero();
    }
}
