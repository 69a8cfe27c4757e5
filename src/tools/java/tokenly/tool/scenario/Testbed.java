package tokenly.tool.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tokenly.tool.Polling;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.text.Language;

/** What a scenario plays on: real processes that it starts and the testbed ends, and the log of what happens. For one thread. */
final class Testbed implements AutoCloseable {

    /** For a machine that is busy with other things; nothing passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final ScenarioLog log;
    private final Path project;
    private final Deque<AutoCloseable> started = new ArrayDeque<>(); // guarded by this; the latest first

    /** @param project the directory that holds test_client.js */
    Testbed(ScenarioLog log, Path project) {
        this.log = log;
        this.project = project;
    }

    /** Starts a server of its own on a free port. */
    TokenlyServer startServer(Map<String, String> settings) {
        return startServer(settings, ServerKind.Heap.SMALL);
    }

    /** The same, with that heap. */
    TokenlyServer startServer(Map<String, String> settings, ServerKind.Heap heap) {
        TokenlyServer server = own(TokenlyServer.of(ServerKind.JETTY, settings, heap));
        step("서버를 시작합니다: " + server.rtc(), "start a server: " + server.rtc());
        server.start();
        return server;
    }

    /** Starts the guide's client and waits until its session is there. */
    GuideClient startClient(URI rtc, String... options) {
        step("테스트 클라이언트를 연결합니다", "connect the test client");
        GuideClient client = own(GuideClient.start(log, project, rtc, List.of(options)));
        client.await(GuideClient.CONNECTED);
        client.await("peer-created");
        return client;
    }

    /** Starts a fault proxy before {@code server}, on a free port, without a fault. */
    FaultProxy startProxy(TokenlyServer server) {
        try {
            FaultProxy proxy =
                    own(FaultProxy.start(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
            step(
                    "장애 프록시를 앞에 둡니다: 포트 " + proxy.port() + " → " + server.port(),
                    "put the fault proxy before it: port " + proxy.port() + " to " + server.port());
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static URI rtc(FaultProxy proxy) {
        return URI.create("ws://127.0.0.1:" + proxy.port() + "/rtc");
    }

    /** Ends {@code part} with the testbed. */
    synchronized <T extends AutoCloseable> T own(T part) {
        started.push(part);
        return part;
    }

    Language language() {
        return log.language;
    }

    /** A line of what takes part. */
    void quote(String line) {
        log.quote(line);
    }

    void step(String ko, String en) {
        log.step(new Words(ko, en));
    }

    void cannot(String ko, String en) {
        log.cannot(new Words(ko, en));
    }

    /** Says that something holds, or ends the scenario. */
    void check(boolean holds, String ko, String en) {
        Words words = new Words(ko, en);
        if (!holds) {
            throw new ScenarioFailedException(words.in(log.language));
        }
        log.holds(words);
    }

    /** Waits until something holds. */
    void await(BooleanSupplier holds, String ko, String en) {
        check(Polling.until(LIMIT, holds), ko, en);
    }

    /** Waits until the server's status shows that state and so many sessions. */
    void awaitStatus(TokenlyServer server, String state, int sessions, String ko, String en) {
        awaitStatus(server, status -> status.state().equals(state) && status.activeSessions() == sessions, ko, en);
    }

    /** Waits until the server's status is as it should be. */
    void awaitStatus(TokenlyServer server, Predicate<StatusProbe> expected, String ko, String en) {
        boolean came = Polling.until(LIMIT, () -> expected.test(StatusProbe.of(server)));
        String status = StatusProbe.of(server).json().text();
        check(came, ko + " " + status, en + " " + status);
    }

    /** Ends all that it started, the latest first; may be called from a thread that ends the JVM, and again. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failed) { // AutoCloseable declares no less; the rest must be ended all the same
                cannot("정리하지 못했습니다: " + failed, "could not be ended: " + failed);
            }
        }
    }
}
