package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tokenly.client.Client;
import tokenly.client.ClientListener;
import tokenly.client.ClientOptions;
import tokenly.client.ClientState;
import tokenly.client.Credentials;
import tokenly.client.Delivery;
import tokenly.client.FrameTap;
import tokenly.client.Peer;
import tokenly.client.PeerListener;
import tokenly.client.ResumeReport;
import tokenly.client.Signal;
import tokenly.client.json.JsonObject;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/** The Java client on a real server, over real sockets that are really cut. */
class JavaClientIT {

    /** For a busy machine; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int FRAME_BYTES = 65_536;

    private static final Map<String, String> SETTINGS = Map.of(
            "TOKENLY_RECONNECT_INITIAL_DELAY_MS", "100",
            "TOKENLY_RECONNECT_MAX_DELAY_MS", "1000",
            "TOKENLY_GATEWAYS", "127.0.0.0/8"); // which it is: thousands of sessions on one connection

    private static final TokenlyServer SERVER = TokenlyServer.of(ServerKind.JETTY, SETTINGS);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void aThousandSignalsEachWayOutliveTwentyCuts() throws InterruptedException {
        BlockingQueue<ResumeReport> reports = new LinkedBlockingQueue<>();
        Received atAlice = new Received();
        Received atBob = new Received();
        try (Client first = Client.connect(reporting(reports));
                Client second = Client.connect(reporting(reports))) {
            Peer alice = join(first.createPeer("alice", "cuts", atAlice));
            Peer bob = join(second.createPeer("bob", "cuts", atBob));
            List<CompletionStage<?>> receipts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                receipts.add(alice.send(Signal.to("bob", Signal.Kind.MESSAGE, number(i))));
                receipts.add(bob.send(Signal.toAll(Signal.Kind.OFFER, number(i))));
                if (i % 50 == 25) {
                    Client cut = i % 100 == 25 ? first : second;
                    cut.abort();
                    cut.reconnectNow();
                    if (i % 200 < 100) { // else the next signals are sent while there is no connection
                        next(reports);
                    }
                }
            }
            receipts.forEach(JavaClientIT::join);
            List<Long> all = IntStream.range(0, 1_000).mapToObj(Long::valueOf).toList();
            assertThat(atBob.take(1_000)).isEqualTo(all);
            assertThat(atAlice.take(1_000)).isEqualTo(all);
            assertThat(first.attempt() + second.attempt()).isEqualTo(22);
            assertThat(join(bob.credentials()).sent()).isEqualTo(1_000);
            assertThat(atAlice.resets.get() + atBob.resets.get()).isZero();
        }
    }

    @Test
    void aServerWithAJournalIsKilledInTheMidstOfSignalsAndNoneIsLost() throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
        settings.put("TOKENLY_STORE", "journal");
        try (TokenlyServer mortal = TokenlyServer.of(ServerKind.JETTY, settings).start();
                Client first = Client.connect(ClientOptions.of(mortal.rtc()));
                Client second = Client.connect(ClientOptions.of(mortal.rtc()))) {
            Received atBob = new Received();
            Peer alice = join(first.createPeer("alice", "killed", new Received()));
            join(second.createPeer("bob", "killed", atBob));
            List<CompletionStage<?>> receipts = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                receipts.add(alice.send(Signal.to("bob", Signal.Kind.MESSAGE, number(i))));
                if (i % 1_000 == 500) {
                    join(receipts.get(i - 100)); // so that some are written, and some under way
                    mortal.kill();
                    mortal.start();
                }
            }
            receipts.forEach(JavaClientIT::join);
            assertThat(atBob.take(2_000))
                    .isEqualTo(IntStream.range(0, 2_000).mapToObj(Long::valueOf).toList());
            assertThat(atBob.resets.get()).isZero();
            assertThat(StatusProbe.of(mortal).activeSessions()).isEqualTo(2);
        }
    }

    @Test
    void aGatewayOfFiveThousandSessionsComesBackInAsFewFramesAsTheLimitAllows() throws InterruptedException {
        int sessions = 5_000;
        int perRoom = 10;
        BlockingQueue<ResumeReport> reports = new LinkedBlockingQueue<>();
        Map<String, Received> received = new LinkedHashMap<>();
        ResumeBytes bytes = new ResumeBytes();
        try (Client gateway = Client.connect(reporting(reports).withFrames(bytes))) {
            List<CompletionStage<Peer>> created = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                Received own = new Received();
                received.put("g" + i, own);
                created.add(gateway.createPeer("g" + i, "gateway-" + i / perRoom, own));
            }
            List<Peer> peers = created.stream().map(JavaClientIT::join).toList();

            gateway.abort();
            gateway.reconnectNow();
            ResumeReport report = next(reports);

            assertThat(report.resumed()).isEqualTo(sessions);
            assertThat(bytes.frames).isEqualTo(report.frames());
            assertThat(bytes.total).isGreaterThan((report.frames() - 1) * (FRAME_BYTES - 400L));
            peers.stream()
                    .map(peer -> peer.send(Signal.toAll(Signal.Kind.MESSAGE, number(1))))
                    .toList()
                    .forEach(JavaClientIT::join);
            for (Received own : received.values()) {
                assertThat(own.take(perRoom - 1)).hasSize(perRoom - 1);
                assertThat(own.resets).hasValue(0);
            }
            assertThat(StatusProbe.of(SERVER).activeSessions()).isGreaterThanOrEqualTo(sessions);
        }
    }

    @Test
    void anotherInstanceTakesASessionOverAndTheFirstStops() {
        Received atFirst = new Received();
        Received atSecond = new Received();
        try (Client first = Client.connect(ClientOptions.of(SERVER.rtc()));
                Client second = Client.connect(ClientOptions.of(SERVER.rtc()))) {
            Peer peer = join(first.createPeer("taken", "take-over", atFirst));
            Credentials credentials = join(peer.credentials());

            Peer taken = join(second.takeOver(credentials, atSecond));

            assertThat(atSecond.resets).hasValue(1);
            join(atFirst.takenOver);
            join(first.closed());
            assertThat(first.state()).isEqualTo(ClientState.CLOSED);
            join(taken.destroy());
        }
    }

    @Test
    void aClosedClientLeavesNoSession() {
        Client client = Client.connect(ClientOptions.of(SERVER.rtc()));
        try (Client other = Client.connect(ClientOptions.of(SERVER.rtc()))) {
            CompletableFuture<String> left = new CompletableFuture<>();
            join(other.createPeer("stays", "closed", new Received() {
                @Override
                public void left(String peer, String reason) {
                    left.complete(peer + " " + reason);
                }
            }));
            join(client.createPeer("goes", "closed", new Received()));
            client.close();
            join(client.closed());
            assertThat(join(left)).isEqualTo("goes left");
        } finally {
            client.close();
        }
    }

    /** Collects the numbers that its peer is sent, and what should not happen. */
    private static class Received implements PeerListener {

        private final BlockingQueue<Long> numbers = new LinkedBlockingQueue<>();
        final AtomicInteger resets = new AtomicInteger();
        final CompletableFuture<Boolean> takenOver = new CompletableFuture<>();

        @Override
        public void signal(Delivery delivery) {
            numbers.add(delivery.fields().whole("n").orElseThrow());
        }

        @Override
        public void reset(String reason, List<String> peers) {
            resets.incrementAndGet();
        }

        @Override
        public void takenOver() {
            takenOver.complete(true);
        }

        /** Waits for so many, and takes whatever else is there already. */
        List<Long> take(int count) throws InterruptedException {
            List<Long> taken = new ArrayList<>();
            while (taken.size() < count) {
                Long next = numbers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
                if (next == null) {
                    return taken;
                }
                taken.add(next);
            }
            numbers.drainTo(taken);
            return taken;
        }
    }

    /** Counts the resume frames. */
    private static final class ResumeBytes implements FrameTap {

        private volatile int frames; // written by the client's thread only, like total
        private volatile long total;

        @Override
        public void in(long attempt, String frame) {}

        @Override
        public void out(long attempt, String frame) {
            if (frame.startsWith("{\"type\":\"resume\"")) {
                int one = frames + 1;
                frames = one;
                long more = total + frame.length();
                total = more;
                assertThat(frame.length()).isLessThanOrEqualTo(FRAME_BYTES);
            }
        }
    }

    private static ClientOptions reporting(BlockingQueue<ResumeReport> reports) {
        return ClientOptions.of(SERVER.rtc()).withListener(new ClientListener() {
            @Override
            public void resumed(ResumeReport report) {
                reports.add(report);
            }
        });
    }

    private static ResumeReport next(BlockingQueue<ResumeReport> reports) throws InterruptedException {
        ResumeReport report = reports.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(report).isNotNull();
        return report;
    }

    private static JsonObject number(int number) {
        return JsonObject.EMPTY.with("n", number);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
