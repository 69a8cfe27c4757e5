package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tokenly.client.json.JsonObject;
import tokenly.session.FakeTimer;

/**
 * Random programs against a {@link ModelServer}: signals, cuts between any two frames, half-open connections, late frames, a
 * server that is busy, or forgets, or has an older store. The number of a test is its seed; the same seed is the same program.
 */
@Tag("slow")
class RandomScheduleTest {

    private static final int STEPS = 1_500;
    private static final int MOST_ROUNDS = 2_000;

    static IntStream seeds() {
        return IntStream.range(0, 400);
    }

    /** A world of its own for each seed. */
    private static final class World {
        final Random random;
        final FakeTimer timer = new FakeTimer();
        final FakeThread thread = new FakeThread();
        final ModelServer server;
        final FakeNetwork network;
        final List<Client> clients = new ArrayList<>();
        final Map<String, CompletableFuture<Peer>> peers = new LinkedHashMap<>();
        final Map<String, List<String>> sent = new LinkedHashMap<>();
        final Map<String, List<String>> received = new LinkedHashMap<>();
        final List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        final Set<Receipt> lost = new HashSet<>();
        final Map<String, Integer> writtenOff =
                new HashMap<>(); // how many signals there were at the last reset of each
        final Map<String, Integer> unknown =
                new HashMap<>(); // and at the last of an epoch that the server did not know
        int signals;
        int tokens;

        final int maxAttempts;

        World(long seed) {
            this(seed, 0);
        }

        World(long seed, int maxAttempts) {
            this.maxAttempts = maxAttempts;
            random = new Random(seed);
            server = new ModelServer(random);
            network = new FakeNetwork(server, random);
            server.busyShare = random.nextBoolean() ? 0 : 0.1;
            server.asksForTokens = seed % 3 == 0;
            addClient("a");
            addClient("b");
            addClient("g1", "g2", "g3");
        }

        private void addClient(String... ids) {
            Ports ports = new Ports(network, Scene.timer(timer, thread), thread, random);
            Client client =
                    new Client(ports, Scene.OPTIONS.withMaxAttempts(maxAttempts).withToken(this::token));
            client.start();
            clients.add(client);
            for (String id : ids) {
                peers.put(id, create(id));
            }
        }

        /** One that counts up; sometimes none. */
        private CompletionStage<String> token() {
            return random.nextInt(10) == 0
                    ? CompletableFuture.failedStage(new IllegalStateException("no login"))
                    : CompletableFuture.completedStage(Integer.toString(++tokens));
        }

        private final class Program implements PeerListener {
            private final String id;

            Program(String id) {
                this.id = id;
            }

            @Override
            public void signal(Delivery delivery) {
                received(id, delivery);
            }

            @Override
            public void lost(String epoch, long first, long last) {
                LongStream.rangeClosed(first, last).forEach(seq -> lost.add(new Receipt(epoch, seq)));
            }

            @Override
            public void reset(String reason, List<String> others) {
                writtenOff.put(id, signals);
                if (reason.equals("epoch")) {
                    unknown.put(id, signals);
                }
            }
        }

        private void received(String id, Delivery delivery) {
            received.computeIfAbsent(delivery.from() + " to " + id, pair -> new ArrayList<>())
                    .add(delivery.fields().text("text").orElseThrow());
        }

        /** Those that have given up come back, and what could not be created is created again. */
        void comeBack() {
            clients.stream()
                    .filter(client -> client.state() == ClientState.GAVE_UP)
                    .forEach(random.nextBoolean() ? Client::reconnectNow : Client::networkChanged);
            peers.replaceAll((id, peer) -> peer.isCompletedExceptionally() ? create(id) : peer);
        }

        private CompletableFuture<Peer> create(String id) {
            Client client = clients.get(id.startsWith("g") ? 2 : id.charAt(0) - 'a');
            return client.createPeer(id, "r", new Program(id)).toCompletableFuture();
        }

        void anything(int sendShare) {
            int dice = random.nextInt(100);
            if (dice < sendShare) {
                send();
            } else if (dice < sendShare + 2) {
                network.cut();
            } else if (dice < sendShare + 5) {
                timer.advanceMillis(random.nextInt(random.nextInt(10) == 0 ? 25_000 : 200));
            } else if (dice < sendShare + 10) {
                server.acknowledge();
            } else if (dice < sendShare + 12) {
                clients.get(random.nextInt(clients.size())).reconnectNow();
            } else if (server.asksForTokens && random.nextInt(100) == 0) {
                server.expire();
            } else {
                network.step();
            }
        }

        private void send() {
            List<String> ids = List.copyOf(peers.keySet());
            String from = ids.get(random.nextInt(ids.size()));
            String to = ids.get(random.nextInt(ids.size()));
            String text = String.valueOf(signals++);
            boolean toAll = to.equals(from);
            JsonObject fields = JsonObject.EMPTY.with("text", text);
            Signal signal =
                    toAll ? Signal.toAll(Signal.Kind.MESSAGE, fields) : Signal.to(to, Signal.Kind.OFFER, fields);
            Peer peer = Objects.requireNonNull(peers.get(from)).join();
            receipts.add(peer.send(signal).toCompletableFuture());
            for (String id : ids) {
                if (toAll ? !id.equals(from) : id.equals(to)) {
                    sent.computeIfAbsent(from + " to " + id, pair -> new ArrayList<>())
                            .add(text);
                }
            }
        }

        /** Nothing breaks any more, until nothing is left to do. */
        void settle() {
            server.busyShare = 0;
            for (int round = 0; round < MOST_ROUNDS && !isSettled(); round++) {
                while (network.step()) {
                    server.acknowledge();
                }
                timer.advanceMillis(500);
                comeBack();
            }
            assertThat(isSettled()).as("everything comes to an end").isTrue();
        }

        private boolean isSettled() {
            return clients.stream().allMatch(client -> client.state() == ClientState.CONNECTED)
                    && receipts.stream().allMatch(CompletableFuture::isDone)
                    && server.holdsNothingBack();
        }

        /**
         * Acknowledged, neither processed nor named as lost, and not of before a reset of its addressee, or of a sender whose epoch
         * the server does not know, so that it cannot tell how much it had of it.
         */
        List<String> missing() {
            List<String> missing = new ArrayList<>();
            sent.forEach((pair, texts) -> texts.stream()
                    .filter(text -> isAnsweredFor(Integer.parseInt(text)))
                    .filter(text -> Integer.parseInt(text) >= writtenOff.getOrDefault(addressee(pair), 0))
                    .filter(text -> Integer.parseInt(text) >= unknown.getOrDefault(sender(pair), 0))
                    .filter(text -> !received.getOrDefault(pair, List.of()).contains(text))
                    .forEach(text -> missing.add(pair + " " + text)));
            return missing;
        }

        private static String sender(String pair) {
            return pair.substring(0, pair.indexOf(' '));
        }

        private static String addressee(String pair) {
            return pair.substring(pair.lastIndexOf(' ') + 1);
        }

        private boolean isAnsweredFor(int signal) {
            CompletableFuture<Receipt> receipt = receipts.get(signal);
            return !receipt.isCompletedExceptionally() && !lost.contains(receipt.join());
        }

        void start() {
            for (int step = 0; !isComplete() && step < 100_000; step++) {
                anything(0);
                comeBack();
            }
        }

        boolean isComplete() {
            return peers.values().stream().allMatch(peer -> peer.isDone() && !peer.isCompletedExceptionally());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySignalArrivesExactlyOnceAndInOrder(int seed) {
        World world = new World(seed);
        world.start();
        for (int step = 0; step < STEPS; step++) {
            world.anything(12);
        }
        world.settle();
        assertThat(world.received).containsExactlyInAnyOrderEntriesOf(world.sent);
        assertThat(world.receipts).hasSizeGreaterThan(100).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    /** What it sent before may or may not have arrived; what it was told that it is acknowledged, has. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aClientThatGivesUpLosesOnlyWhatHasFailedByName(int seed) {
        World world = new World(seed, 1);
        world.start();
        for (int step = 0; step < STEPS; step++) {
            world.anything(12);
            if (world.random.nextInt(10) == 0) {
                world.comeBack();
            }
        }
        world.settle();
        assertThat(world.receipts).hasSizeGreaterThan(100).allMatch(CompletableFuture::isDone);
        assertNothingIsDoubledOrMixed(world);
        assertThat(world.missing()).isEmpty();
        assertThat(world.writtenOff).as("no session was reset").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aServerThatForgetsLosesSignalsButNeitherDoublesNorMixesThem(int seed) {
        World world = new World(seed);
        world.start();
        for (int step = 0; step < STEPS; step++) {
            if (world.random.nextInt(300) == 0) {
                world.network.killServer();
            }
            world.anything(12);
        }
        world.settle();
        assertThat(world.receipts).allMatch(CompletableFuture::isDone);
        assertNothingIsDoubledOrMixed(world);
    }

    /** Every second server is one that does not find out by itself. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aServerWhoseStoreWentBackHangsNobodyAndNamesWhatItHasLost(int seed) {
        World world = new World(seed);
        world.server.isOld = seed % 2 == 1;
        world.start();
        List<ModelServer.Held> snapshot = world.server.snapshot();
        for (int step = 0; step < STEPS; step++) {
            int dice = world.random.nextInt(300);
            if (dice < 3) {
                snapshot = world.server.snapshot();
            } else if (dice == 3) {
                world.network.goBack(snapshot);
            }
            world.anything(12);
        }
        world.settle();
        assertThat(world.receipts).allMatch(CompletableFuture::isDone);
        assertNothingIsDoubledOrMixed(world);
        if (!world.server.isOld) {
            assertThat(world.missing()).isEmpty();
        }
    }

    private static void assertNothingIsDoubledOrMixed(World world) {
        world.received.forEach((pair, texts) -> {
            assertThat(texts).doesNotHaveDuplicates();
            List<String> sentThere = world.sent.getOrDefault(pair, List.of());
            assertThat(texts).isSubsetOf(sentThere);
            assertThat(texts.stream().map(sentThere::indexOf).toList()).isSorted();
        });
    }
}
