package tokenly.tool.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.tool.Polling;

/**
 * A PostgreSQL of this machine's packages on a port of the loopback that stays the same over all its starts, in a directory of its own.
 * Anyone on this machine may log in: it is for trying out. Nothing is left of it when this JVM ends. Not thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

    /** Where Debian and Ubuntu put each version. */
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String USER = "postgres";
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    private final int port = FreePort.find();
    private final Path directory;
    private final Thread hook = new Thread(this::destroy);
    private @Nullable Process process;

    private PostgresServer() throws IOException {
        this.directory = Files.createTempDirectory("tokenly-postgres");
        Runtime.getRuntime().addShutdownHook(hook);
        if (IS_ROOT) { // as whom it does not run
            run(List.of("chown", USER, directory.toString()));
        }
    }

    /** Whether it is installed. */
    public static boolean isInstalled() {
        return programs().isPresent();
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

    /** Starts a new one with an empty database {@code tokenly}. */
    public static PostgresServer start() {
        try {
            PostgresServer server = new PostgresServer();
            server.run(server.command(
                    "initdb", "-D", server.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
            server.startAgain();
            server.sql("CREATE DATABASE tokenly");
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts a standby, and has each commit wait until that has it, too. */
    public PostgresServer startStandby() {
        try {
            PostgresServer standby = new PostgresServer();
            standby.follow(this);
            return standby;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** This one, which does not run, becomes a new standby of {@code primary}, for which each commit waits. */
    void follow(PostgresServer primary) throws IOException {
        run(List.of("rm", "-rf", data()));
        run(command(
                "pg_basebackup",
                "-D",
                data(),
                "-d",
                "host=127.0.0.1 port=" + primary.port + " user=" + USER + " application_name=standby",
                "-R",
                "-X",
                "stream",
                "-c",
                "fast",
                "--no-sync"));
        startAgain();
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        primary.sql("SELECT pg_reload_conf()");
        if (!Polling.until(
                LIMIT,
                () -> primary.ask("SELECT sync_state FROM pg_stat_replication").equals("sync"))) {
            throw new IllegalStateException("the standby does not follow. Its log ends:\n" + log());
        }
    }

    /** Starts it, again if it was killed, and returns when it answers. */
    public void startAgain() throws IOException {
        process = new ProcessBuilder(command(
                        "postgres",
                        "-D",
                        data(),
                        "-p",
                        Integer.toString(port),
                        "-k",
                        directory.toString(),
                        "-h",
                        "127.0.0.1",
                        "-c",
                        "fsync=off")) // a kill loses nothing by that, and the host is not stopped
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()))
                .directory(directory.toFile())
                .start();
        if (!Polling.until(LIMIT, () -> ask("SELECT 1").equals("1"))) {
            throw new IllegalStateException("PostgreSQL does not answer. Its log ends:\n" + log());
        }
    }

    /** Stops or continues all of its processes, as SIGSTOP and SIGCONT do. */
    public void signal(String name) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes().forEach(running -> command.add(Long.toString(running.pid())));
        try {
            run(command);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<ProcessHandle> processes() {
        Process running = process;
        List<ProcessHandle> all = new ArrayList<>();
        if (running != null) {
            all.add(running.toHandle());
            running.descendants().forEach(all::add);
        }
        return all;
    }

    /** This standby is the primary from now on. */
    public void promote() {
        sql("ALTER SYSTEM SET synchronous_standby_names = ''");
        sql("SELECT pg_reload_conf()");
        sql("SELECT pg_promote()");
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    public int port() {
        return port;
    }

    /** For {@code tokenly.store.url}: this one and {@code others}, of which the primary is taken. */
    public String url(PostgresServer... others) {
        StringBuilder hosts = new StringBuilder("127.0.0.1:" + port);
        for (PostgresServer other : others) {
            hosts.append(",127.0.0.1:").append(other.port);
        }
        return "jdbc:postgresql://" + hosts + "/tokenly?targetServerType=primary";
    }

    /** Does {@code statement}, as the administrator. */
    public void sql(String statement) {
        try {
            run(psql(USER, statement));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The one value that {@code query} finds; "" if there is none, or it does not answer. */
    public String ask(String query) {
        return ask(USER, query);
    }

    /** The same of a table in the database {@code database}. */
    public String ask(String database, String query) {
        try {
            Process asked = new ProcessBuilder(psql(database, query))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return asked.waitFor() == 0 ? answer.strip() : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private List<String> psql(String database, String statement) {
        return List.of(
                programs().orElseThrow().resolve("psql").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                USER,
                "-d",
                database,
                "-At",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                statement);
    }

    /** Kills all of its processes at once, as a host that dies does. */
    public void kill() {
        List<ProcessHandle> all = processes();
        process = null;
        all.forEach(ProcessHandle::destroyForcibly);
        if (!Polling.until(LIMIT, () -> all.stream().noneMatch(ProcessHandle::isAlive))) {
            throw new IllegalStateException("PostgreSQL does not end");
        }
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (IS_ROOT) {
            command.addAll(List.of("runuser", "-u", USER, "--"));
        }
        command.add(programs().orElseThrow().resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) throws IOException {
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()))
                .directory(directory.toFile())
                .start();
        try {
            if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed:\n" + log());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        } finally {
            running.destroyForcibly();
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private File logFile() {
        return directory.resolve("log").toFile();
    }

    private String log() {
        try {
            return Files.readString(logFile().toPath());
        } catch (IOException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    /** Ends it, and removes what it has written. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        destroy();
    }

    private void destroy() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
