package tokenly.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.scenario.Jwts;
import tokenly.tool.server.Parts;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/**
 * The WAR in a Jetty of its own, with the limits that it has by default. Reconnect delays and the resume window are short, so
 * that what attackers leave behind ends soon. For one test thread; {@link #process} for any.
 */
final class HostileServer implements AutoCloseable {

    private static @Nullable HostileServer shared;

    private final Path own; // nothing but this server writes there
    private final Map<String, String> settings;
    private volatile TokenlyServer process;
    private ServerKind.Heap heap = Scale.heap();
    private String offered = RawClient.BATCHED;

    private HostileServer(Map<String, String> further) {
        try {
            Path target = Files.createDirectories(Parts.project().resolve("target"));
            own = Files.createTempDirectory(target, "hostile-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        settings = new LinkedHashMap<>(Map.of(
                "TOKENLY_STORE_DIR", data().toString(),
                "TOKENLY_RECONNECT_INITIAL_DELAY_MS", "100",
                "TOKENLY_RESUME_WINDOW_MS", Long.toString(Scale.resumeWindow().toMillis())));
        settings.put("LC_ALL", "C.UTF-8"); // so that the log shows ids as they are
        settings.putAll(further);
        process = TokenlyServer.of(ServerKind.JETTY, settings, heap).start();
    }

    /** The one that attacks have in common, so that what one leaves behind is there for the next; a new one if it has died. */
    static HostileServer shared() {
        if (shared != null && (!shared.isServing() || shared.heap != Scale.heap())) {
            closeShared();
        }
        if (shared == null) {
            shared = new HostileServer(Map.of());
        }
        return shared;
    }

    static void closeShared() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }

    /** One of its own that asks for tokens; good clients have one. */
    static HostileServer withTokens() {
        HostileServer server = new HostileServer(Map.of("TOKENLY_TOKEN_SECRET", Jwts.SECRET));
        server.offered += ", tokenly.token." + Jwts.token("good", Map.of("roomPrefix", "", "sessionPrefix", ""));
        return server;
    }

    /** The subprotocols that a good client offers, and its token if it needs one. */
    String offered() {
        return offered;
    }

    /** One of its own, with further settings. */
    static HostileServer with(Map<String, String> further) {
        return new HostileServer(further);
    }

    /** An address of the loopback, {@code 127.0.net.host}: whoever connects from there is a client of its own. */
    static InetAddress loopback(int net, int host) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, (byte) net, (byte) host});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    TokenlyServer process() {
        return process;
    }

    /** The directory of its store. */
    Path data() {
        return own.resolve("data");
    }

    boolean isServing() {
        return process.isRunning() && StatusProbe.isServed(process);
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.kill();
    }

    /** Starts it again, on what its store holds. */
    void start() {
        process.start();
    }

    /** Starts it again with another heap, on what its store holds and on another port. */
    void start(ServerKind.Heap other) {
        TokenlyServer before = process;
        heap = other;
        process = TokenlyServer.of(ServerKind.JETTY, settings, other).start();
        before.close();
    }

    @Override
    public void close() {
        process.close();
        try (Stream<Path> paths = Files.walk(own)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
