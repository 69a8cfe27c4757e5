package tokenly.tool;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tokenly.tool.server.PostgresServer;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.server.TrialCluster;
import tokenly.tool.text.UsageException;

/** {@code tokenly cluster}: runs some nodes and their database on this machine until it is stopped, to try out what several nodes do. */
@Command(
        name = "cluster",
        header = "${bundle:cluster_header}",
        description = "${bundle:cluster_description}",
        footer = "${bundle:cluster_footer}")
final class ClusterCommand implements Callable<Integer> {

    private static final int MOST_NODES = 9;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--nodes", paramLabel = "N", description = "${bundle:cluster_nodes_option}")
    private int nodes = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        UsageException.checkRange("--nodes", nodes, 1, MOST_NODES);
        if (!PostgresServer.isInstalled()) {
            throw new UsageException("no_postgres");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(say("cluster_starts", nodes));
        TrialCluster cluster = TrialCluster.start(nodes, Map.of()); // ends with this JVM
        show(cluster, out);
        new CountDownLatch(1).await(); // until a signal ends the JVM
        return 0;
    }

    private void show(TrialCluster cluster, PrintWriter out) {
        out.println();
        out.println(say("cluster_database", cluster.url()));
        List<TokenlyServer> all = cluster.nodes();
        for (int i = 0; i < all.size(); i++) {
            TokenlyServer node = all.get(i);
            out.println(say(
                    "cluster_node",
                    i + 1,
                    node.rtc(),
                    Long.toString(node.pid()),
                    "http://127.0.0.1:" + node.port() + "/"));
        }
        out.println();
        out.println(say(
                "cluster_try",
                all.get(0).rtc(),
                all.get(all.size() - 1).rtc(),
                common.language().toString()));
    }

    private String say(String key, Object... values) {
        return common.language().text(key, values);
    }
}
