package tokenly.cluster;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import tokenly.session.RoomId;

/** Which node has which shard, as far as this node knows. Thread-safe. */
final class Routes {

    private final String own;
    private final Optional<String>[] owners; // guarded by this
    private final BitSet here =
            new BitSet(RoomId.SHARDS); // guarded by this; those whose sessions are in this node's memory

    /** @param own URL of this node */
    @SuppressWarnings("unchecked")
    Routes(String own) {
        this.own = own;
        this.owners = (Optional<String>[]) new Optional<?>[RoomId.SHARDS];
        Arrays.fill(owners, Optional.empty());
    }

    /** What the database says. */
    synchronized void update(Ownership.View view) {
        for (Ownership.Shard shard : view.shards()) {
            owners[shard.number()] = shard.owner();
        }
    }

    /** Whether the sessions of {@code shard} are in this node's memory, and it may be asked for them. */
    synchronized boolean isHere(int shard) {
        return here.get(shard);
    }

    synchronized void isHere(int shard, boolean value) {
        here.set(shard, value);
        if (value) {
            owners[shard] = Optional.of(own);
        }
    }

    /** The other node that has {@code shard}; empty if this one has it, or none, or that is not known. */
    synchronized Optional<String> other(int shard) {
        return owners[shard].filter(owner -> !owner.equals(own));
    }

    /** Whether {@code shard} is known to be at another node than the one at {@code url}. */
    synchronized boolean haveMoved(int shard, String url) {
        return owners[shard].filter(owner -> !owner.equals(url)).isPresent();
    }
}
