package tokenly.tool.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import tokenly.tool.text.UsageException;

/**
 * Where the parts of a server are: named by the build's system properties (pom.xml, maven-failsafe-plugin), or else found
 * where {@code mvn package} leaves them: below the directory of the script {@code tokenly}, or the current one.
 */
public final class Parts {

    private Parts() {}

    /** The directory that holds pom.xml and test_client.js. */
    public static Path project() {
        return named("it.basedir")
                .or(() -> named("tool.directory"))
                .orElseGet(() -> Path.of("").toAbsolutePath());
    }

    static Path target() {
        return project().resolve("target");
    }

    static Path war() {
        return existing(named("it.war").orElseGet(() -> target().resolve("Tokenly.war")));
    }

    /** An unpacked jetty-home. */
    public static Path jettyHome() {
        return existing(named("it.jetty-home").orElseGet(() -> newest("jetty-home-")));
    }

    /** A JETTY_BASE with the WAR in it. */
    public static Path jettyBase() {
        return existing(target().resolve("servers").resolve("tokenly"));
    }

    /** The classes of the relay that Tokenly is compared with. */
    static Path plainRelay() {
        Path classes = target().resolve("test-classes").resolve("tokenly").resolve("relay");
        if (!Files.exists(classes)) {
            throw new UsageException("no_test_classes", classes);
        }
        return classes;
    }

    static Path payaraMicro() {
        return existing(named("it.payara-micro").orElseGet(() -> newest("payara-micro-")));
    }

    static Path mavenHome() {
        return existing(named("it.maven-home")
                .orElseThrow(() -> new IllegalStateException("mvn jetty:run is tested by mvn verify only")));
    }

    static Path localRepository() {
        return named("it.local-repository")
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".m2", "repository"));
    }

    private static Optional<Path> named(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }

    private static Path newest(String prefix) {
        Path servers = target().resolve("servers");
        if (Files.isDirectory(servers)) {
            try (Stream<Path> entries = Files.list(servers)) {
                return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                        .max(Comparator.naturalOrder())
                        .orElseGet(() -> servers.resolve(prefix));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return servers.resolve(prefix);
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new UsageException("missing_part", path);
        }
        return path;
    }
}
