package tokenly.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tokenly.tool.text.Language;

/** The command as a whole, controlled by lines, with a real server behind it. */
class FaultsCommandTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PipedOutputStream keys = new PipedOutputStream();
    private final ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private Thread runner = new Thread();

    FaultsCommandTest() throws IOException {}

    @AfterEach
    void end() throws IOException {
        if (!exitCode.isDone()) {
            type("q");
            awaitExitCode();
        }
        keys.close();
        target.close();
    }

    private void start(Language language, String... arguments) throws IOException {
        CommandLine commandLine = new CommandLine(new FaultsCommand(new PipedInputStream(keys), Optional::empty));
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        Messages.in(language, commandLine);
        String[] all = Stream.concat(
                        Stream.of("--lang=" + language, "--to=" + target.getLocalPort()), Stream.of(arguments))
                .toArray(String[]::new);
        runner = new Thread(() -> exitCode.complete(commandLine.execute(all)), "faults");
        runner.start();
    }

    private int awaitExitCode() {
        return exitCode.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private void type(String line) throws IOException {
        keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private void awaitOut(String... texts) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(out.toString()).contains(texts));
    }

    /** The port that a line of the output names behind {@code before}. */
    private int port(String before) {
        awaitOut(before);
        Matcher matcher = Pattern.compile(Pattern.quote(before) + "(?:http://)?127\\.0\\.0\\.1:([0-9]+)")
                .matcher(out.toString());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    @Test
    void leadsConnectionsToTheTargetAndTellsAboutThem() throws IOException {
        start(Language.EN, "--listen=0", "latency=1ms", "upstream:slicer=3", "--seed=7");
        int port = port("listening at ");
        awaitOut("fault on: latency=1ms", "fault on: upstream:slicer=3", "(seed 7)");
        target.accept().close(); // the look whether anybody listens
        try (Socket client = connect(port);
                Socket server = target.accept()) {
            awaitOut("connection 1 opened from 127.0.0.1:" + client.getLocalPort());
            client.getOutputStream().write(new byte[5]);
            assertThat(server.getInputStream().readNBytes(5)).hasSize(5);
        }
        awaitOut("connection 1 closed", "5 bytes up, 0 down");
        type("s");
        awaitOut("0 connections open, 1 in all, 5 bytes up, 0 down, 0 held, faults: latency=1ms upstream:slicer=3");
        assertThat(err.toString()).contains("Keys: d down").doesNotContain("Nobody");
        type("q");
        assertThat(awaitExitCode()).isZero();
    }

    @Test
    void speaksJson() throws IOException {
        start(Language.KO, "--listen=0", "--json", "--seed=7", "--api=0", "downstream:latency=100ms");
        int port = port("\"address\":\"");
        port("\"api\":\"");
        target.accept().close();
        connect(port).close();
        target.accept().close();
        awaitOut("\"event\":\"connection-closed\"");
        type("c");
        type("foo");
        type("s");
        awaitOut("\"event\":\"state\"");
        assertThat(out.toString().lines())
                .allSatisfy(
                        line -> assertThat(line).matches("\\{\"event\":\"[a-z-]+\",\"at\":\"[0-9-]+T[0-9:.]+Z\",.*}"));
        assertThat(out.toString())
                .contains("\"event\":\"fault-added\"")
                .contains("\"name\":\"latency_downstream\",\"type\":\"latency\",\"stream\":\"downstream\"")
                .contains("\"target\":\"127.0.0.1:" + target.getLocalPort() + "\"", "\"seed\":7}")
                .contains("\"event\":\"connection-opened\"", "\"connection\":1,\"client\":\"127.0.0.1:")
                .contains("\"ending\":\"")
                .contains("\"event\":\"fault-removed\"")
                .contains("\"event\":\"complaint\"", "There is no fault 'foo'")
                .contains("\"faults\":[]}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void linesSteerIt() throws IOException {
        start(Language.EN, "--listen=0");
        int port = port("listening at ");
        type(" upstream:slow_close=2s ");
        awaitOut("fault on: upstream:slow_close=2s");
        type("-slow_close_upstream");
        awaitOut("fault off: upstream:slow_close=2s");
        type("");
        type("-foo");
        type("latency=5");
        type("x");
        type("d");
        awaitOut("fault on: down");
        assertThat(err.toString())
                .contains("There is no fault named 'foo'", "latency cannot be '5'")
                .containsPattern("(?s)Keys: .*Keys: ");
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> connect(port));
    }

    @Test
    void theEndOfTheLinesIsNoEndOfTheProxy() throws IOException {
        start(Language.EN, "--listen=0");
        int port = port("listening at ");
        type("latency=1ms");
        awaitOut("fault on");
        target.accept().close();
        keys.write("l".getBytes(StandardCharsets.UTF_8)); // a last line without its end
        keys.close();
        awaitOut("fault on: latency=100ms,jitter=20ms");
        connect(port).close();
        assertThat(exitCode).isNotDone();
        runner.interrupt();
        assertThat(awaitExitCode()).isZero();
    }

    @Test
    void aTakenPortIsTroubleWithExitCode1() throws IOException {
        start(Language.EN, "--listen=" + target.getLocalPort());
        assertThat(awaitExitCode()).isEqualTo(1);
        assertThat(err.toString())
                .contains("Cannot listen at 127.0.0.1:" + target.getLocalPort())
                .contains("in use")
                .contains("Choose another port with --listen.");
    }

    @Test
    void aTakenApiPortIsTroubleToo() throws IOException {
        start(Language.KO, "--listen=0", "--api=" + target.getLocalPort());
        assertThat(awaitExitCode()).isEqualTo(1);
        assertThat(err.toString()).contains("연결을 받을 수 없습니다", "--api");
    }

    @Test
    void anAbsentTargetIsAWarningOnly() throws IOException {
        target.close();
        start(Language.EN, "--listen=0");
        int port = port("listening at ");
        await().atMost(LIMIT)
                .until(() -> err.toString().contains("No server listens at 127.0.0.1:" + target.getLocalPort()));
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> connect(port).getInputStream().read());
        awaitOut("closed because the target refused it");
        type("q");
        assertThat(awaitExitCode()).isZero();
    }
}
