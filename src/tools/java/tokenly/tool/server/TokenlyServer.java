package tokenly.tool.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.tool.Polling;

/**
 * One Tokenly in a process of its own, on a port of the loopback that stays the same over all its starts. Nothing is left
 * running when this JVM ends. Not thread-safe.
 */
public final class TokenlyServer implements AutoCloseable {

    /** What the log of a server begins with that was killed while it cleaned up its store. */
    public static final String CLEANING_CUT_SHORT = "the store was stopped while it cleaned up";

    /** The addresses of this machine: named as gateways, no limit for one address or one connection applies to them. */
    public static final String LOOPBACK = "127.0.0.0/8,::1";

    /** For a server under load from this machine, in the form of the environment: 10,000 connections can all create sessions. */
    public static final Map<String, String> FOR_LOAD =
            Map.of("TOKENLY_GATEWAYS", LOOPBACK, "TOKENLY_CONNECTIONS_MAX", "12000");

    /** For the slowest server on a busy machine: Payara Micro takes 10 to 30 s. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(TokenlyServer::destroyWhole)));
    }

    private final ServerKind kind;
    private final Map<String, String> settings;
    private final ServerKind.Heap heap;
    private final int port;
    private final Path own; // nothing but this server writes there
    private final Path directory; // where the process runs
    private final ServerLog log;
    private @Nullable Process process;

    private TokenlyServer(ServerKind kind, Map<String, String> settings, ServerKind.Heap heap, int port) {
        this.kind = kind;
        this.settings = Map.copyOf(settings);
        this.heap = heap;
        this.port = port;
        String name = kind.name().toLowerCase(Locale.ROOT) + "-" + NUMBER.incrementAndGet();
        Path target = Parts.target();
        this.log = new ServerLog(target.resolve("server-logs").resolve(name + ".log"));
        try {
            Files.createDirectories(target.resolve("server-bases"));
            log.delete();
            this.own = Files.createTempDirectory(target.resolve("server-bases"), name + "-");
            this.directory = kind.directory(own);
            kind.prepare(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Prepares a server and does not start it.
     *
     * @param settings in the form of the environment, {@code TOKENLY_...}; it gets no others
     */
    public static TokenlyServer of(ServerKind kind, Map<String, String> settings) {
        return of(kind, settings, ServerKind.Heap.SMALL);
    }

    /** The same, with that heap. */
    public static TokenlyServer of(ServerKind kind, Map<String, String> settings, ServerKind.Heap heap) {
        return new TokenlyServer(kind, settings, heap, FreePort.find());
    }

    /** The same on a port that may be taken. */
    public static TokenlyServer onPort(ServerKind kind, Map<String, String> settings, int port) {
        return new TokenlyServer(kind, settings, ServerKind.Heap.SMALL, port);
    }

    public int port() {
        return port;
    }

    public URI rtc() {
        return URI.create("ws://127.0.0.1:" + port + "/rtc");
    }

    public URI status() {
        return URI.create("http://127.0.0.1:" + port + "/status");
    }

    /** All that the process has written, over all its starts. */
    public String log() {
        return log.text();
    }

    /** Whether the store that the last start has found was being cleaned up when the process before ended. */
    public boolean wasCleaning() {
        return log.hasSinceStart(CLEANING_CUT_SHORT);
    }

    /** Of the running process. */
    public long pid() {
        return started().pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /**
     * Starts the process and returns once {@code GET /status} answers 200.
     *
     * @throws IllegalStateException with the end of the log, if the process ends or the limit is reached before
     */
    public TokenlyServer start() {
        launch();
        return awaitServed();
    }

    /** The second half of {@link #start}, after {@link #launch}. */
    public TokenlyServer awaitServed() {
        boolean isServed = Polling.until(START_LIMIT, () -> StatusProbe.isServed(this) || !isRunning());
        if (!isServed) {
            stop();
            throw new IllegalStateException(kind + " did not serve /status in time. Its log ends:\n" + log.tail());
        }
        if (!isRunning()) {
            throw new IllegalStateException(kind + " ended instead of serving. Its log ends:\n" + log.tail());
        }
        return this;
    }

    /** Starts the process and waits for nothing. */
    public void launch() {
        if (isRunning()) {
            throw new IllegalStateException(kind + " runs already");
        }
        ProcessBuilder builder = new ProcessBuilder(kind.command(port, directory, heap))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("TOKENLY_") || name.startsWith("MAVEN_"));
        environment.putAll(kind.environment(heap));
        environment.put("TOKENLY_STORE_DIR", own.resolve("data").toString());
        environment.putAll(settings);
        try {
            log.markStart();
            process = builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        RUNNING.add(process);
    }

    /** Waits for the process to end by itself, and returns its exit code. */
    public int awaitEnd() {
        Process started = started();
        if (!Polling.until(START_LIMIT, () -> !started.isAlive())) {
            throw new IllegalStateException(kind + " did not end by itself. Its log ends:\n" + log.tail());
        }
        RUNNING.remove(started);
        return started.exitValue();
    }

    /** Stops it as Ctrl+C or a service manager would, and by force if that takes too long. */
    public void stop() {
        end(ProcessHandle::destroy);
    }

    /** As {@code kill -9} does: no goodbye, nothing written. */
    public void kill() {
        end(ProcessHandle::destroyForcibly);
    }

    /** Stops it, and removes what was prepared for it; its log stays. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> paths = Files.walk(own)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void end(Consumer<ProcessHandle> signal) {
        if (process == null) {
            return;
        }
        Process ended = process;
        signal.accept(ended.toHandle());
        try {
            if (!ended.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                destroyWhole(ended);
                ended.waitFor();
            }
        } catch (InterruptedException interrupted) {
            destroyWhole(ended);
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(ended);
    }

    private Process started() {
        if (process == null) {
            throw new IllegalStateException(kind + " was not started");
        }
        return process;
    }

    private static void destroyWhole(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
