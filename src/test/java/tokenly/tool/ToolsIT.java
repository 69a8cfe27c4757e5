package tokenly.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The two things that the build leaves: the server without the tools, and the tools. */
class ToolsIT {

    private static final Path BASE = Path.of(System.getProperty("it.basedir", "."));
    private static final Path WAR = Path.of(System.getProperty("it.war", "target/Tokenly.war"));
    private static final Path TOOLS = Path.of(System.getProperty("it.tools", "target/tokenly-tools.jar"));

    @Test
    void theWarHasNoToolAndFewLibraries() throws IOException {
        List<String> names = entries(WAR);
        assertThat(names).anyMatch(name -> name.startsWith("WEB-INF/classes/tokenly/session/"));
        assertThat(names).noneMatch(name -> name.contains("tokenly/tool") || name.contains("picocli"));
        assertThat(names.stream().filter(name -> name.endsWith(".jar")))
                .map(name -> name.replaceFirst("-[0-9.]+\\.jar$", ""))
                .containsExactlyInAnyOrder(
                        "WEB-INF/lib/jackson-core",
                        "WEB-INF/lib/jose4j",
                        "WEB-INF/lib/postgresql",
                        "WEB-INF/lib/slf4j-api",
                        "WEB-INF/lib/slf4j-jdk14");
    }

    @Test
    void theJarHasTheToolsAndTheClientAndNothingOfTheServer() throws IOException {
        assertThat(entries(TOOLS))
                .contains("tokenly/tool/Main.class", "tokenly/client/Client.class", "picocli/CommandLine.class")
                .allMatch(
                        name -> !name.matches("tokenly/[^/]+/.+") || name.matches("tokenly/(tool|client|protocol)/.+"));
    }

    @Test
    void theJarAndTheShellEntryRun() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(0, java, "-jar", TOOLS.toString(), "--help")).contains("tokenly", "faults");
        assertThat(run(0, "sh", BASE.resolve("tokenly").toString(), "faults", "--help", "--lang=ko"))
                .contains("사용법:");
        assertThat(run(0, java, "-jar", TOOLS.toString(), "--version")).matches("tokenly [0-9][^\\s]*\\s*");
        assertThat(run(2, java, "-jar", TOOLS.toString(), "faults", "foo")).contains("foo");
    }

    private static List<String> entries(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile());
                Stream<? extends ZipEntry> entries = zip.stream()) {
            return entries.map(ZipEntry::getName).toList();
        }
    }

    private static String run(int exitCode, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
        return output;
    }
}
