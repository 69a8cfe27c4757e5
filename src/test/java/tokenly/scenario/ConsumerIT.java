package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;

/** The Java client as its users have it: {@code src/test/consumer} gets it from a repository, compiles against it, and runs. */
class ConsumerIT {

    private static final Path BASE = Path.of(System.getProperty("it.basedir"));

    @Test
    void aProjectThatHasTheClientFromARepositoryMakesACall(@TempDir Path directory)
            throws IOException, InterruptedException {
        String version = version(BASE.resolve("pom.xml"));
        Path repository = directory.resolve("repository");
        Path target = directory.resolve("target");
        Path jar = publish(repository, version);
        run(List.of(
                Path.of(System.getProperty("it.maven-home"), "bin", "mvn").toString(),
                "--batch-mode",
                "--quiet",
                "--settings=" + BASE.resolve("src/test/consumer/settings.xml"),
                "--file=" + BASE.resolve("src/test/consumer/pom.xml"),
                "-Dat.hand=" + System.getProperty("it.local-repository"),
                "-Dmaven.repo.local=" + repository,
                "-Dtokenly.version=" + version,
                "-Dconsumer.target=" + target,
                "compile"));
        try (TokenlyServer server = TokenlyServer.of(ServerKind.JETTY, Map.of()).start()) {
            String classes = target.resolve("classes") + System.getProperty("path.separator") + jar;
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            assertThat(run(List.of(
                            java, "-cp", classes, "example.Call", server.rtc().toString())))
                    .contains("bob has answered");
        }
    }

    @Test
    void allThatIsPublishedHasOneVersion() throws IOException {
        String version = version(BASE.resolve("pom.xml"));
        assertThat(version(BASE.resolve("src/client/pom.xml"))).isEqualTo(version);
        assertThat(Files.readString(BASE.resolve("src/main/webapp/lib/package.json")))
                .contains("\"version\": \"" + version + "\"");
    }

    /** As {@code mvn deploy} would leave it there; returns the jar. */
    private static Path publish(Path repository, String version) throws IOException {
        Path artifact = repository.resolve("io/github/tokenly/tokenly-client").resolve(version);
        Files.createDirectories(artifact);
        Files.copy(BASE.resolve("src/client/pom.xml"), artifact.resolve("tokenly-client-" + version + ".pom"));
        return Files.copy(
                BASE.resolve("target/tokenly-client.jar"), artifact.resolve("tokenly-client-" + version + ".jar"));
    }

    /** Of the project: the first {@code <version>} of its pom. */
    private static String version(Path pom) throws IOException {
        Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(pom));
        return version.results()
                .findFirst()
                .map(MatchResult::group)
                .map(element -> element.replaceAll("</?version>", ""))
                .orElseThrow();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
