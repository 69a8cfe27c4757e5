package tokenly.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/** A name in a room, from one {@code create-peer} to its end, at one client. */
final class ClusterMember implements PeerListener {

    final String name;
    final String room;
    final ClusterPage page;
    final CompletableFuture<Peer> peer;
    final List<Sent> sent = new ArrayList<>();
    final List<String> resets = new ArrayList<>();
    private final BiConsumer<ClusterMember, Delivery> receiver;
    private final Set<String> undeliverable = new HashSet<>();
    private final Set<Receipt> lost = new HashSet<>();
    private final Map<String, Integer> restarted = new HashMap<>(); // the signals before are lost to that peer
    boolean isOver;

    /** A signal to {@code to}, or to all if that is null. */
    static final class Sent {
        final int number;
        final @Nullable String to;
        final CompletableFuture<Receipt> receipt;
        int epoch; // how many resets there were when it was acknowledged

        private Sent(int number, @Nullable String to, CompletionStage<Receipt> receipt, IntSupplier epochs) {
            this.number = number;
            this.to = to;
            this.receipt = receipt.whenComplete((done, failure) -> epoch = epochs.getAsInt())
                    .toCompletableFuture();
        }
    }

    ClusterMember(String name, String room, ClusterPage page, BiConsumer<ClusterMember, Delivery> receiver) {
        this.name = name;
        this.room = room;
        this.page = page;
        this.receiver = receiver;
        this.peer = page.client.createPeer(name, room, this).toCompletableFuture();
    }

    boolean isThere() {
        return !isOver && peer.isDone() && !peer.isCompletedExceptionally();
    }

    boolean hasFailed() {
        return peer.isCompletedExceptionally();
    }

    void send(int number, @Nullable String to, int padding) {
        JsonObject fields =
                JsonObject.EMPTY.with("text", String.valueOf(number)).with("padding", "x".repeat(padding));
        Signal signal =
                to == null ? Signal.toAll(Signal.Kind.MESSAGE, fields) : Signal.to(to, Signal.Kind.OFFER, fields);
        Sent one = new Sent(number, to, peer.join().send(signal), resets::size);
        sent.add(one);
    }

    CompletableFuture<?> destroy() {
        isOver = true;
        return peer.join().destroy().toCompletableFuture();
    }

    /** Whether this sender knows that {@code one} has not arrived, or may not have. */
    boolean knowsOf(Sent one) {
        boolean isWrittenOff = one.epoch < resets.size(); // of an epoch of which its server may know nothing
        if (one.receipt.isCompletedExceptionally() || isWrittenOff) {
            return true;
        }
        if (one.number < restarted.getOrDefault(String.valueOf(one.to), 0)) {
            return true;
        }
        Receipt receipt = one.receipt.join();
        return lost.contains(receipt) || undeliverable.contains(one.epoch + " " + receipt.seq());
    }

    @Override
    public void signal(Delivery delivery) {
        receiver.accept(this, delivery);
    }

    @Override
    public void undeliverable(@Nullable String to, List<Long> seqs, String reason) {
        seqs.forEach(seq -> undeliverable.add(resets.size() + " " + seq));
    }

    @Override
    public void restarted(String other, String reason) {
        restarted.put(other, sent.isEmpty() ? 0 : sent.get(sent.size() - 1).number + 1);
    }

    @Override
    public void lost(String epoch, long first, long last) {
        LongStream.rangeClosed(first, last).forEach(seq -> lost.add(new Receipt(epoch, seq)));
    }

    @Override
    public void reset(String reason, List<String> others) {
        page.world.note(() -> name + " is reset: " + reason);
        resets.add(reason);
    }

    @Override
    public void ended(String reason) {
        page.world.note(() -> name + " has ended: " + reason);
        isOver = true;
    }

    @Override
    public void takenOver() {
        page.world.note(() -> name + " is taken over");
        isOver = true;
    }

    @Override
    public String toString() {
        return name + " in " + room;
    }
}
