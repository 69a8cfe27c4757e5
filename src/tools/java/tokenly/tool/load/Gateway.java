package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tokenly.client.Client;
import tokenly.client.ClientOptions;
import tokenly.client.Delivery;
import tokenly.client.Peer;
import tokenly.client.PeerListener;
import tokenly.client.Signal;
import tokenly.client.json.JsonObject;

/** Speaks to each peer of a fleet: a session in each of their rooms, all on one connection. For one thread. */
final class Gateway implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** So much that the frame has some 200 bytes, as in the other benchmarks. */
    private static final JsonObject FIELDS = JsonObject.EMPTY.with("data", "x".repeat(80));

    private final Client client;
    private final String name;
    private final int count;
    private final CountDownLatch present;
    private final List<Peer> peers = new ArrayList<>();

    /** @param name and {@code count} of the fleet */
    Gateway(Target target, String name, int count) {
        this.client = Client.connect(target.token().on(ClientOptions.of(target.rtc())));
        this.name = name;
        this.count = count;
        this.present = new CountDownLatch(count);
    }

    /** Enters all rooms. */
    void enter() throws IOException, InterruptedException {
        List<CompletionStage<Peer>> created = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            created.add(client.createPeer(BenchFleet.sender(name, i), BenchFleet.room(name, i), new Listener()));
        }
        for (CompletionStage<Peer> stage : created) {
            peers.add(get(stage));
        }
    }

    /** Waits until it was told of all members that they are away. */
    void awaitAway() throws IOException, InterruptedException {
        if (!present.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(present.getCount() + " peers were never reported as away");
        }
    }

    /** Sends that many messages to each member, and waits until the server answers for all of them. */
    void send(int each) throws IOException, InterruptedException {
        List<CompletionStage<?>> receipts = new ArrayList<>();
        for (int number = 0; number < each; number++) {
            for (int i = 0; i < count; i++) {
                receipts.add(peers.get(i).send(Signal.to(BenchFleet.session(name, i), Signal.Kind.MESSAGE, FIELDS)));
            }
        }
        for (CompletionStage<?> receipt : receipts) {
            get(receipt);
        }
    }

    /** Leaves all rooms. */
    @Override
    public void close() {
        client.close();
        client.closed().toCompletableFuture().join();
    }

    private static <T> T get(CompletionStage<T> stage) throws IOException, InterruptedException {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("a sender failed: " + failed.getMessage(), failed);
        }
    }

    private final class Listener implements PeerListener {

        /** The members say nothing. */
        @Override
        public void signal(Delivery delivery) {}

        @Override
        public void away(String peer) {
            present.countDown();
        }
    }
}
