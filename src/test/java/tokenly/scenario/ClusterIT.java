package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tokenly.client.Client;
import tokenly.client.ClientOptions;
import tokenly.client.Peer;
import tokenly.client.Receipt;
import tokenly.client.Signal;
import tokenly.client.json.JsonObject;
import tokenly.tool.scenario.Signals;
import tokenly.tool.server.PostgresServer;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.server.TrialCluster;

/** Three real nodes on a real PostgreSQL with a synchronous standby: whatever dies, each signal comes once and in order. */
class ClusterIT {

    /** For a busy machine; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final int SIGNALS = 400;

    private static TrialCluster cluster;

    @BeforeAll
    static void start() {
        boolean isRequired = Boolean.parseBoolean(System.getenv("TOKENLY_REQUIRE_POSTGRES"));
        Assumptions.assumeTrue(
                isRequired || PostgresServer.isInstalled(),
                "there is no PostgreSQL: install the package postgresql to run these tests");
        cluster = TrialCluster.start(
                3, Map.of("TOKENLY_RECONNECT_INITIAL_DELAY_MS", "100", "TOKENLY_RECONNECT_MAX_DELAY_MS", "1000"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Two peers of one room, at two nodes, of which the first sends numbers to the second. */
    private static final class Talk implements AutoCloseable {

        private final List<Long> received = new CopyOnWriteArrayList<>();
        private final List<CompletionStage<Receipt>> receipts = new ArrayList<>();
        private final Client first;
        private final Client second;
        private final Peer alice;

        Talk(String room, TokenlyServer ofFirst, TokenlyServer ofSecond) {
            first = Client.connect(ClientOptions.of(ofFirst.rtc()));
            second = Client.connect(ClientOptions.of(ofSecond.rtc()));
            alice = join(first.createPeer("alice-" + room, room, delivery -> {}));
            join(second.createPeer(
                    "bob-" + room,
                    room,
                    delivery -> received.add(delivery.fields().whole("n").orElseThrow())));
        }

        private static Peer join(CompletionStage<Peer> peer) {
            return peer.toCompletableFuture()
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        /** Sends numbers, and meanwhile does {@code fault}. */
        void sendDuring(String room, Runnable fault) {
            for (int n = 1; n <= SIGNALS; n++) {
                receipts.add(alice.send(Signal.to("bob-" + room, Signal.Kind.MESSAGE, JsonObject.EMPTY.with("n", n))));
                if (n == SIGNALS / 2) {
                    await().atMost(LIMIT).until(() -> !received.isEmpty());
                    fault.run();
                }
            }
        }

        void awaitAll() {
            await().atMost(LIMIT).until(() -> received.size() >= SIGNALS);
            assertThat(received)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, SIGNALS)
                            .mapToObj(n -> (long) n)
                            .toList());
            receipts.forEach(receipt -> receipt.toCompletableFuture()
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join());
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    private static TokenlyServer node(int number) {
        return cluster.nodes().get(number);
    }

    @Test
    void theOwnerOfARoomIsKilled() {
        String room = cluster.roomOf(node(0), "killed-");
        try (Talk talk = new Talk(room, node(1), node(2))) {
            talk.sendDuring(room, node(0)::kill);
            talk.awaitAll();
        } finally {
            node(0).start();
            cluster.awaitBalance();
        }
    }

    @Test
    void theOwnerOfARoomStandsStillAndWakes() {
        String room = cluster.roomOf(node(1), "paused-");
        try (Talk talk = new Talk(room, node(0), node(2))) {
            talk.sendDuring(room, () -> {
                Signals.send("STOP", node(1).pid());
                await().atMost(LIMIT).until(() -> !cluster.owner(room).equals(node(1)));
                Signals.send("CONT", node(1).pid());
            });
            talk.awaitAll();
        } finally {
            cluster.awaitBalance();
        }
    }

    @Test
    void theOwnerOfARoomIsStoppedInPeace() {
        String room = cluster.roomOf(node(2), "stopped-");
        try (Talk talk = new Talk(room, node(0), node(1))) {
            talk.sendDuring(room, node(2)::stop);
            talk.awaitAll();
        } finally {
            node(2).start();
            cluster.awaitBalance();
        }
    }

    @Test
    void theNodeOfAClientIsKilledAndTheClientComesBackElsewhere() {
        String room = cluster.roomOf(node(0), "edge-");
        try (Talk talk = new Talk(room, node(0), node(1))) {
            talk.sendDuring(room, () -> {
                node(1).kill();
                node(1).start(); // the client knows no other address
            });
            talk.awaitAll();
        } finally {
            cluster.awaitBalance();
        }
    }

    @Test
    void theStatusOfEachNodeSpeaksForAll() {
        String room = cluster.roomOf(node(0), "status-");
        try (Talk talk = new Talk(room, node(1), node(1))) {
            talk.sendDuring(room, () -> {});
            await().atMost(LIMIT)
                    .until(() -> cluster.nodes().stream()
                            .allMatch(node -> StatusProbe.askIfItAnswers(node.status())
                                    .filter(answer -> answer.activeSessions() >= 2)
                                    .isPresent()));
        }
    }

    @Test
    void aNameIsInUseInTheRoomOfAnotherNode() {
        String here = cluster.roomOf(node(0), "name-");
        String there = cluster.roomOf(node(1), "name-");
        try (RtcPeer holder = RtcPeer.connect(node(2));
                RtcPeer stranger = RtcPeer.connect(node(2))) {
            assertThat(holder.create("one-name", here).get("success")).isEqualTo(true);
            assertThat(stranger.create("one-name", there).get("success")).isEqualTo(false);
        }
    }
}
