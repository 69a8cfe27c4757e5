package tokenly.tool.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tokenly.tool.Polling;

/** Some nodes of one cluster on this machine, with a PostgreSQL and a synchronous standby of its own. Not thread-safe. */
public final class TrialCluster implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** As docs/cluster.md says. */
    private static final int SHARDS = 64;

    /** For nodes that no other machine reaches. */
    private static final String SECRET = "only-for-trying-out-on-this-machine";

    private PostgresServer primary;
    private PostgresServer standby;
    private final List<TokenlyServer> nodes;

    private TrialCluster(PostgresServer primary, PostgresServer standby, List<TokenlyServer> nodes) {
        this.primary = primary;
        this.standby = standby;
        this.nodes = nodes;
    }

    /**
     * Starts all of it, and returns when each node has its share of the rooms.
     *
     * @param count of nodes
     * @param settings of each node, in the form of the environment
     */
    public static TrialCluster start(int count, Map<String, String> settings) {
        PostgresServer primary = PostgresServer.start();
        PostgresServer standby = primary.startStandby();
        List<TokenlyServer> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int port = FreePort.find();
            Map<String, String> all = new HashMap<>(settings);
            all.put("TOKENLY_STORE", "postgres");
            all.put("TOKENLY_STORE_URL", primary.url(standby));
            all.put("TOKENLY_STORE_USER", "postgres");
            all.put("TOKENLY_NODE_URL", "ws://127.0.0.1:" + port);
            all.put("TOKENLY_CLUSTER_SECRET", SECRET);
            nodes.add(TokenlyServer.onPort(ServerKind.JETTY, all, port));
        }
        TrialCluster cluster = new TrialCluster(primary, standby, nodes);
        boolean isDone = false;
        try {
            nodes.forEach(TokenlyServer::launch);
            nodes.forEach(TokenlyServer::awaitServed);
            cluster.awaitBalance();
            isDone = true;
            return cluster;
        } finally {
            if (!isDone) {
                cluster.close();
            }
        }
    }

    /** Waits until each node that runs has about as many shards as every other. */
    public void awaitBalance() {
        if (!Polling.until(LIMIT, this::isBalanced)) {
            throw new IllegalStateException("the nodes do not share the shards: "
                    + database().ask("tokenly", "SELECT owner, count(*) FROM tokenly_shard GROUP BY owner"));
        }
    }

    private boolean isBalanced() {
        List<TokenlyServer> running =
                nodes.stream().filter(TokenlyServer::isRunning).toList();
        String share = database()
                .ask(
                        "tokenly",
                        "SELECT coalesce(min(n), 0) FROM (SELECT count(s.id) AS n FROM tokenly_node o LEFT JOIN tokenly_shard s"
                                + " ON s.owner = o.url AND s.until > now() WHERE o.seen > now() - interval '3 s' GROUP BY o.url) x");
        String alive =
                database().ask("tokenly", "SELECT count(*) FROM tokenly_node WHERE seen > now() - interval '3 s'");
        return alive.equals(Integer.toString(running.size()))
                && !share.isEmpty()
                && Integer.parseInt(share) >= SHARDS / running.size();
    }

    public List<TokenlyServer> nodes() {
        return nodes;
    }

    /** Of its database, as {@code tokenly.store.url} has it. */
    public String url() {
        return primary.url(standby);
    }

    /** The primary at this moment. */
    public PostgresServer database() {
        return primary;
    }

    /** The node that owns {@code room}. */
    public TokenlyServer owner(String room) {
        String owner = database().ask("tokenly", "SELECT owner FROM tokenly_shard WHERE id = " + shard(room));
        return nodes.stream()
                .filter(node -> owner.endsWith(":" + node.port()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node owns room " + room));
    }

    /** A room that {@code node} owns; a name of its own for each {@code prefix}. */
    public String roomOf(TokenlyServer node, String prefix) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> prefix + i)
                .filter(room -> owner(room).equals(node))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the node owns no room"));
    }

    private static int shard(String room) {
        int hash = room.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), SHARDS);
    }

    /** The primary is killed, the standby takes its place, and a new standby follows that. */
    public void failOver() {
        PostgresServer killed = primary;
        killed.kill();
        standby.promote();
        primary = standby;
        standby = killed;
        try {
            standby.follow(primary);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends all of it. */
    @Override
    public void close() {
        nodes.forEach(TokenlyServer::close);
        standby.close();
        primary.close();
    }
}
