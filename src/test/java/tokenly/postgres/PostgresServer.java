package tokenly.postgres;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL on a free port of the loopback, in a directory of its own. A static field with {@code @RegisterExtension}: it runs while the
 * tests of the class do. Where PostgreSQL is not installed these are skipped, unless TOKENLY_REQUIRE_POSTGRES is true.
 */
final class PostgresServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    private static @Nullable Path template;

    private final List<String> settings;
    private final List<PostgresServer> standbys = new ArrayList<>();
    private final Thread hook = new Thread(this::destroy);
    private Path directory = Path.of("");
    private int port;
    private @Nullable Process process;

    /** @param settings such as {@code fsync=on}; a server that a test does not kill is faster without */
    PostgresServer(String... settings) {
        this.settings = List.of(settings);
    }

    private static Optional<Path> programs() {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Skips the tests that call this if it is not installed. */
    static void requireInstalled() {
        if (programs().isEmpty()) {
            String missing =
                    "there is no PostgreSQL in " + VERSIONS + ": install the package postgresql to run these tests";
            if (Boolean.parseBoolean(System.getenv("TOKENLY_REQUIRE_POSTGRES"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        launch();
    }

    /** Makes a new one and starts it. */
    void launch() {
        requireInstalled();
        try {
            makeDirectory();
            exec(List.of("cp", "-a", template().toString(), data()));
            start();
        } catch (IOException | RuntimeException failure) {
            close();
            throw new IllegalStateException(failure);
        }
    }

    /** What a new one begins with: made once for each process, because that takes longest. */
    private static synchronized Path template() throws IOException {
        Path present = template;
        if (present == null) {
            PostgresServer first = new PostgresServer();
            first.makeDirectory(); // deleted by its hook
            first.run(
                    "initdb",
                    "-D",
                    first.data(),
                    "-U",
                    "postgres",
                    "-A",
                    "trust",
                    "--no-sync",
                    "-E",
                    "UTF8",
                    "--locale=C");
            present = Path.of(first.data());
            Path access = present.resolve("pg_hba.conf");
            Files.writeString(access, "host all guarded 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
            template = present;
        }
        return present;
    }

    private void makeDirectory() throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        directory = Files.createTempDirectory("tokenly-postgres");
        if (IS_ROOT) {
            exec(List.of("chown", "postgres", directory.toString()));
        }
        port = freePort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (IS_ROOT) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs().orElseThrow().resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private void run(String program, String... arguments) throws IOException {
        exec(command(program, arguments));
    }

    private void exec(List<String> command) throws IOException {
        File log = directory.resolve("commands.log").toFile();
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .directory(directory.toFile())
                .start();
        try {
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
                throw new IOException(command + " failed:\n" + Files.readString(log.toPath()));
            }
        } catch (InterruptedException interrupt) {
            throw new IOException(interrupt);
        } finally {
            running.destroyForcibly();
        }
    }

    /** Starts it, again if it was killed, and waits until it answers. */
    void start() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-D",
                data(),
                "-p",
                String.valueOf(port),
                "-k",
                directory.toString(),
                "-h",
                "127.0.0.1",
                "-c",
                "fsync=off"));
        for (String setting : settings) {
            arguments.addAll(List.of("-c", setting));
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            Process running = process;
            if (running == null || !running.isAlive()) {
                process = new ProcessBuilder(command("postgres", arguments.toArray(String[]::new)))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                directory.resolve("server.log").toFile()))
                        .directory(directory.toFile())
                        .start();
            }
            return answers();
        });
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Kills all of its processes at once, as a host that dies does. */
    void kill() throws IOException {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        long postmaster = postmaster();
        List<ProcessHandle> all = new ArrayList<>(ProcessHandle.of(postmaster).stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .toList());
        all.forEach(ProcessHandle::destroyForcibly);
        running.destroyForcibly();
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private long postmaster() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(data(), "postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        }
    }

    /** Stops or continues all of its processes; runuser stops itself when its child is stopped. */
    void signal(String name) throws IOException {
        Process running = Objects.requireNonNull(process);
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        Stream.concat(Stream.of(running.toHandle()), running.descendants())
                .forEach(handle -> command.add(String.valueOf(handle.pid())));
        exec(command);
    }

    int port() {
        return port;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** As an operator does. */
    void sql(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new AssertionError(String.join("; ", statements), failure);
        }
    }

    /** The one value that {@code query} finds; "" for null. */
    String ask(String database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            String found = row.next() ? row.getString(1) : "";
            return found == null ? "" : found;
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    /** Makes an empty database and returns its name. */
    String createDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /** A standby of it, which follows. */
    PostgresServer standby() throws IOException {
        PostgresServer standby = new PostgresServer(settings.toArray(String[]::new));
        standbys.add(standby);
        standby.makeDirectory();
        String primary = "host=127.0.0.1 port=" + port + " user=postgres application_name=standby";
        standby.run(
                "pg_basebackup", "-D", standby.data(), "-d", primary, "-R", "-X", "stream", "-c", "fast", "--no-sync");
        standby.start();
        await().atMost(PATIENCE)
                .until(() -> ask("postgres", "SELECT count(*) FROM pg_stat_replication")
                        .equals("1"));
        return standby;
    }

    /** From now on a commit waits for the standby. */
    void waitForStandby() {
        sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()");
        await().atMost(PATIENCE)
                .until(() -> ask("postgres", "SELECT sync_state FROM pg_stat_replication")
                        .equals("sync"));
    }

    /** This standby gets nothing any more. */
    void stopFollowing() {
        sql("postgres", "ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()");
        await().atMost(PATIENCE)
                .until(() -> ask("postgres", "SELECT count(*) FROM pg_stat_wal_receiver")
                        .equals("0"));
    }

    /** This standby takes over. */
    void promote() {
        sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_promote()");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        standbys.forEach(PostgresServer::close);
        Runtime.getRuntime().removeShutdownHook(hook);
        destroy();
    }

    private void destroy() {
        try {
            kill();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
