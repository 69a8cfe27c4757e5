package tokenly.tool.verify;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.server.TrialCluster;
import tokenly.tool.verify.history.Terms;

/**
 * The server of a run.
 *
 * @param rtc of the server, or of the first node
 * @param own the process, if the run has started it, and no cluster
 * @param cluster if the run has started one
 */
record RunServer(URI rtc, Optional<TokenlyServer> own, Optional<TrialCluster> cluster, Terms terms)
        implements AutoCloseable {

    /** Small, so that a flood fills it in a moment; of a server with the usual settings, PROTOCOL.md, "Framing". */
    private static final int OWN_MAILBOX_MESSAGES = 2_000;

    private static final int USUAL_MAILBOX_MESSAGES = 10_000;

    private static final Duration OWN_SETTLE_LIMIT = Duration.ofSeconds(20);
    private static final Duration USUAL_SETTLE_LIMIT = Duration.ofSeconds(90);
    private static final int UNACKNOWLEDGED = 1_000;
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int DEFAULT_PORT = 80;

    /** Impatient, so that many faults fit into a short run; with files so small that the store is cleaned up all the time. */
    private static final Map<String, String> SETTINGS = Map.of(
            "TOKENLY_STORE",
            "journal",
            "TOKENLY_STORE_FILE_BYTES",
            "262144",
            "TOKENLY_RECONNECT_INITIAL_DELAY_MS",
            "100",
            "TOKENLY_RECONNECT_MAX_DELAY_MS",
            "1000",
            "TOKENLY_HEARTBEAT_INTERVAL_MS",
            "1000",
            "TOKENLY_HEARTBEAT_TIMEOUT_MS",
            "3000",
            "TOKENLY_GATEWAYS",
            TokenlyServer.LOOPBACK,
            "TOKENLY_MAILBOX_MESSAGES",
            Integer.toString(OWN_MAILBOX_MESSAGES));

    /** Starts one of our own. */
    static RunServer start() {
        TokenlyServer server = TokenlyServer.of(ServerKind.JETTY, SETTINGS).start();
        Terms terms = new Terms(WINDOW, OWN_MAILBOX_MESSAGES, UNACKNOWLEDGED, true, false);
        return new RunServer(server.rtc(), Optional.of(server), Optional.empty(), terms);
    }

    /** Starts a cluster of our own. Its status is one of half a second ago. */
    static RunServer startCluster(int nodes) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.keySet().removeIf(name -> name.startsWith("TOKENLY_STORE"));
        TrialCluster cluster = TrialCluster.start(nodes, settings);
        Terms terms = new Terms(WINDOW, OWN_MAILBOX_MESSAGES, UNACKNOWLEDGED, false, true);
        return new RunServer(cluster.nodes().get(0).rtc(), Optional.empty(), Optional.of(cluster), terms);
    }

    /** The one at {@code rtc}, which others may use, too. */
    static RunServer given(URI rtc) {
        Terms terms = new Terms(WINDOW, USUAL_MAILBOX_MESSAGES, UNACKNOWLEDGED, false, false);
        return new RunServer(rtc, Optional.empty(), Optional.empty(), terms);
    }

    /**
     * In which all that is under way must arrive, once no program sends and nothing disturbs any more: the usual settings take
     * 20 s to notice a silent loss and up to 16 s to the next attempt, ours 3 s and 1 s.
     */
    Duration settleLimit() {
        return own.isPresent() ? OWN_SETTLE_LIMIT : USUAL_SETTLE_LIMIT;
    }

    /** Where the clients of {@code group} are led: those of different groups to different nodes. */
    InetSocketAddress address(int group) {
        URI place = cluster.map(
                        all -> all.nodes().get(group % all.nodes().size()).rtc())
                .orElse(rtc);
        int port = place.getPort() < 0 ? DEFAULT_PORT : place.getPort();
        return own.isPresent() || cluster.isPresent()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : new InetSocketAddress(place.getHost(), port);
    }

    /** Where a client connects that goes through a proxy at {@code port}. */
    URI through(int port) {
        String path = rtc.getRawPath().isEmpty() ? "/" : rtc.getRawPath();
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        own.ifPresent(TokenlyServer::close);
        cluster.ifPresent(TrialCluster::close);
    }
}
