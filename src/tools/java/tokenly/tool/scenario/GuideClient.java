package tokenly.tool.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tokenly.tool.Polling;

/**
 * A real {@code node test_client.js}, steered by the keys of the guide and read by the lines it logs. Lines are awaited in
 * the order they came: what an await passes over is not awaited again. For one thread.
 */
final class GuideClient implements AutoCloseable {

    static final String CONNECTING = "WebSocket ";
    static final String CONNECTED = "✅";
    static final String SENT = "📤";
    static final String RECEIVED = "📥";
    static final String CLOSED = "❌";
    static final String RETRY = "🔄";

    /** The server's answer to a client that comes back to a session it may still have. */
    static final String ANSWERED = "\"outcome\":";

    /** The server still had the session, and nothing of it is lost. */
    static final String RESUMED = "\"outcome\":\"resumed\"";

    private static final Pattern LINE = Pattern.compile("\\[(\\d{4}-[^\\]]+Z)\\] (.*)");

    /** For a machine that is busy with other things; nothing passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A logged line. */
    record Line(Instant at, String text) {}

    private final ScenarioLog log;
    private final Process process;
    private final List<Line> lines = new ArrayList<>(); // guarded by itself
    private int read;

    private GuideClient(ScenarioLog log, Process process) {
        this.log = log;
        this.process = process;
        Thread reader = new Thread(this::readLines, "test_client");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code node test_client.js URL OPTION...} in the project's directory. */
    static GuideClient start(ScenarioLog log, Path project, URI rtc, List<String> options) {
        List<String> command = new ArrayList<>(List.of("node", "test_client.js", rtc.toString()));
        command.addAll(List.of("--lang", log.language.toString()));
        command.addAll(options);
        try {
            return new GuideClient(
                    log,
                    new ProcessBuilder(command)
                            .directory(project.toFile())
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException noNode) {
            throw new UncheckedIOException("node could not be started; install Node.js 20 or newer", noNode);
        }
    }

    /** Presses a key, on standard input as a line. */
    void press(char key) {
        try {
            process.getOutputStream().write((key + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException ended) {
            throw new UncheckedIOException("the client takes no key any more", ended);
        }
    }

    /** Waits for the next line that holds {@code text}. */
    Line await(String text) {
        List<Line> found = new ArrayList<>(1);
        boolean came = Polling.until(LIMIT, () -> {
            next(text).ifPresent(found::add);
            return !found.isEmpty();
        });
        if (!came) {
            throw new ScenarioFailedException(
                    new Words("클라이언트가 기대한 줄을 출력하지 않았습니다: " + text, "the client did not log: " + text).in(log.language));
        }
        return found.get(0);
    }

    private Optional<Line> next(String text) {
        synchronized (lines) {
            while (read < lines.size()) {
                Line line = lines.get(read++);
                if (line.text().contains(text)) {
                    return Optional.of(line);
                }
            }
            return Optional.empty();
        }
    }

    /** Sends {@code signal}, such as STOP or CONT, by the system's {@code kill}. */
    void signal(String signal) {
        Signals.send(signal, process.pid());
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for its end; returns its exit code. */
    int awaitExit() {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ScenarioFailedException(
                        new Words("클라이언트가 끝나지 않습니다", "the client does not end").in(log.language));
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the client ended", interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.quote(line);
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    synchronized (lines) {
                        lines.add(new Line(Instant.parse(matcher.group(1)), matcher.group(2)));
                    }
                }
            }
        } catch (IOException ended) {
            log.quote(String.valueOf(ended.getMessage())); // the process was killed while it wrote
        }
    }
}
