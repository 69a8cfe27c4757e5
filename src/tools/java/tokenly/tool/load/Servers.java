package tokenly.tool.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;

/** The servers of a run: those that it starts, which end with it, or the one that is there. */
final class Servers implements AutoCloseable {

    /** For all alike, and so much that the collector is not what is measured. */
    static final ServerKind.Heap HEAP = ServerKind.Heap.LARGE;

    private final List<TokenlyServer> own = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    /** @param settings of those that are started; a plain relay reads none */
    Servers(
            BenchPlan plan,
            List<ServerUnderTest> subjects,
            Map<String, String> settings,
            Consumer<ServerUnderTest> watcher) {
        if (plan.url().isPresent()) {
            targets.add(
                    new Target(ServerUnderTest.TOKENLY, plan.url().get(), plan.pid(), Optional.empty(), plan.token()));
            return;
        }
        try {
            for (ServerUnderTest subject : subjects) {
                watcher.accept(subject);
                start(subject, settings);
            }
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private void start(ServerUnderTest subject, Map<String, String> settings) {
        TokenlyServer server = TokenlyServer.of(subject.server(), settings, HEAP);
        own.add(server);
        targets.add(Target.of(subject, server.start()));
    }

    /** In the order in which they take their turns. */
    List<Target> targets() {
        return targets;
    }

    @Override
    public void close() {
        own.forEach(TokenlyServer::close);
    }
}
