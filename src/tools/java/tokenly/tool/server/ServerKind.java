package tokenly.tool.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The servers that Tokenly runs on, and how each is started. */
public enum ServerKind {

    /** {@code mvn jetty:run}, on the classes that the build around this test has made. */
    JETTY_RUN {
        @Override
        Path directory(Path fresh) {
            return Parts.project();
        }

        @Override
        List<String> command(int port, Path directory, Heap heap) {
            return List.of(
                    Parts.mavenHome().resolve("bin").resolve("mvn").toString(),
                    "--batch-mode",
                    "--define",
                    "maven.repo.local=" + Parts.localRepository(),
                    "--define",
                    "maven.main.skip=true",
                    "--define",
                    "maven.test.skip=true",
                    "--define",
                    "jetty.http.port=" + port,
                    "jetty:run");
        }

        @Override
        Map<String, String> environment(Heap heap) {
            return Map.of("JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", heap.option);
        }
    },

    /** What {@code tokenly serve} runs: a jetty-home, and a copy of the JETTY_BASE that {@code mvn package} leaves. */
    JETTY {
        @Override
        public void prepare(Path directory) throws IOException {
            copy(Parts.jettyBase(), directory);
            Files.copy(
                    Parts.war(),
                    directory.resolve("webapps").resolve("ROOT.war"),
                    StandardCopyOption.REPLACE_EXISTING); // which may be another one
        }

        @Override
        List<String> command(int port, Path directory, Heap heap) {
            return List.of(
                    java(),
                    heap.option,
                    Heap.EXIT_IF_FULL,
                    "-Dapp.name=Tokenly",
                    "-Djava.io.tmpdir=" + directory, // a killed server leaves its unpacked WAR
                    "-jar",
                    startJar(),
                    "jetty.http.port=" + port);
        }
    },

    /**
     * The same Jetty with a relay in it that keeps nothing, for comparison: {@code tokenly.relay} of the test classes. Its
     * {@code /status} is a file.
     */
    PLAIN_RELAY {
        @Override
        public void prepare(Path directory) throws IOException {
            Path application = directory.resolve("webapps").resolve("ROOT");
            copy(
                    Parts.plainRelay(),
                    application
                            .resolve("WEB-INF")
                            .resolve("classes")
                            .resolve("tokenly")
                            .resolve("relay"));
            Files.writeString(application.resolve("status"), "serving\n");
            copy(Parts.jettyBase(), directory);
            Files.delete(directory.resolve("webapps").resolve("ROOT.war"));
        }

        @Override
        List<String> command(int port, Path directory, Heap heap) {
            return JETTY.command(port, directory, heap);
        }
    },

    /** Payara Micro; it has no option for the address, but takes commands before it boots. */
    PAYARA {
        @Override
        public void prepare(Path directory) throws IOException {
            Files.writeString(
                    directory.resolve("before-boot"),
                    "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener"
                            + ".address=127.0.0.1\n");
        }

        @Override
        List<String> command(int port, Path directory, Heap heap) {
            return List.of(
                    java(),
                    heap.option,
                    Heap.EXIT_IF_FULL,
                    "-jar",
                    Parts.payaraMicro().toString(),
                    "--rootdir",
                    directory.resolve("root").toString(),
                    "--prebootcommandfile",
                    directory.resolve("before-boot").toString(),
                    "--nocluster",
                    "--disablephonehome",
                    "--deploy",
                    Parts.war().toString(),
                    "--contextroot",
                    "/",
                    "--port",
                    Integer.toString(port));
        }
    };

    /** How much heap the server may have. */
    public enum Heap {

        /** Less than any server should get. */
        TINY("-Xmx128m"),
        /** So little that a frame which claims a gigabyte cannot be believed unnoticed. */
        SMALL("-Xmx256m"),
        /** For 10,000 connections: 15 KB of each live (Jetty 12.1.12, measured 2026-11-25), and room for what each handshake throws away. */
        LARGE("-Xmx512m"),
        /** For whatever needs no care. */
        HUGE("-Xmx1g");

        /** A server whose heap is full is to end, so that its supervisor can start it again; mvn has it from .mvn/jvm.config. */
        private static final String EXIT_IF_FULL = "-XX:+ExitOnOutOfMemoryError";

        private final String option;

        Heap(String option) {
            this.option = option;
        }

        /** As the JVM is told. */
        public String option() {
            return option;
        }
    }

    /** Where the server runs, given an empty directory of its own. */
    Path directory(Path fresh) {
        return fresh;
    }

    /** Puts into {@code directory} what the server needs, once before its first start. */
    public void prepare(Path directory) throws IOException {}

    /** The whole command line; the process it starts is the server itself, not a parent of it. */
    abstract List<String> command(int port, Path directory, Heap heap);

    /** Variables beyond those of this process. */
    Map<String, String> environment(Heap heap) {
        return Map.of();
    }

    private static String startJar() {
        return Parts.jettyHome().resolve("start.jar").toString();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
