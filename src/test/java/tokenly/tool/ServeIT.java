package tokenly.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tokenly serve}, as a user starts it, from what {@code mvn package} has left. */
class ServeIT {

    private static final Path BASE = Path.of(System.getProperty("it.basedir"));
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final int TERMINATED = 128 + 15; // by SIGTERM

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void servesUntilItIsStopped() throws IOException, InterruptedException {
        int port = freePort();
        Path data = directory.resolve("data");
        Process server = serve("--port=" + port);
        await().atMost(START_LIMIT)
                .untilAsserted(() -> assertThat(log()).contains("Tokenly is ready: http://localhost:" + port + "/"));
        HttpResponse<String> status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/status"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(status.body()).contains("\"state\":\"disconnected\"");
        assertThat(data).isNotEmptyDirectory();
        server.destroy();
        assertThat(server.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(TERMINATED);
    }

    @Test
    void aTakenPortIsNamedWithTheOptionForAnother() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process server = serve("--lang=en", "--port=" + taken.getLocalPort());
            assertThat(server.waitFor()).isEqualTo(1);
            assertThat(log()).contains("127.0.0.1:" + taken.getLocalPort(), "--port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamedWithTheOptionForAnother() throws IOException, InterruptedException {
        assertThat(serve("--lang=en", "--host=192.0.2.1", "--port=" + freePort())
                        .waitFor())
                .isEqualTo(1);
        assertThat(log()).contains("192.0.2.1:", "no such address", "--host");
    }

    @Test
    void anOpenServerIsForOtherMachinesOnlyIfToldSo() throws IOException, InterruptedException {
        Process server = serve("--host=0.0.0.0", "--port=" + freePort());
        assertThat(server.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isNotZero();
        assertThat(log()).contains("TOKENLY_OPEN=everywhere", "tokenly.token.keys");

        int port = freePort();
        serve(Map.of("TOKENLY_OPEN", "everywhere"), "--host=0.0.0.0", "--port=" + port);
        await().atMost(START_LIMIT)
                .untilAsserted(() -> assertThat(log())
                        .contains(
                                "any client that reaches this address may join any room",
                                "Tokenly is ready: http://localhost:" + port + "/"));
    }

    @Test
    void aPortThatIsNoneIsWrongUsage() throws IOException, InterruptedException {
        assertThat(serve("--port=70000").waitFor()).isEqualTo(2);
        assertThat(log()).contains("70000");
    }

    private Process serve(String... options) throws IOException {
        return serve(Map.of(), options);
    }

    private Process serve(Map<String, String> settings, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("sh", BASE.resolve("tokenly").toString(), "serve"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile()) // from anywhere
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TOKENLY_"));
        builder.environment().put("TOKENLY_STORE_DIR", directory.resolve("data").toString());
        builder.environment().putAll(settings);
        Process server = builder.start();
        started.add(server);
        return server;
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException failed) {
            throw new AssertionError("no log", failed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
