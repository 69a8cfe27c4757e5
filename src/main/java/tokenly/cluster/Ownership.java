package tokenly.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tokenly.session.SessionId;
import tokenly.session.Store;

/**
 * Port: which node owns which shard and where each session id is in use, as the database of all nodes says. A shard is owned under a
 * fence, which is higher with each claim; a write under an older one changes nothing. Every method asks the database and waits for it, so
 * none is for a thread that others wait for. Thread-safe.
 */
public interface Ownership extends Closeable {

    /**
     * A node, as the last beat of each says.
     *
     * @param url by which the others reach it
     * @param isAlive whether its last beat is younger than a lease
     * @param status what it said of itself
     */
    record Node(String url, boolean isAlive, String status) {}

    /**
     * A shard.
     *
     * @param number 0 to 63
     * @param owner the node's URL; empty if none owns it
     * @param fence 0 before it was owned first
     * @param isExpired whether the lease of its owner is over, or it has none
     */
    record Shard(int number, Optional<String> owner, long fence, boolean isExpired) {}

    /** Everything at one moment, by the clock of the database. */
    record View(List<Node> nodes, List<Shard> shards) {}

    /**
     * Says that this node is there, renews the lease of each shard that it owns, and tells what there is.
     *
     * @param status what others may know of this node
     * @throws IOException if the database cannot be asked
     */
    View beat(String status) throws IOException;

    /**
     * Claims a shard that is as {@code seen}: expired, unless {@code isGone} says that its owner is known to be dead.
     *
     * @return the fence under which this node owns it now; empty if another one was faster
     */
    OptionalLong claim(Shard seen, boolean isGone) throws IOException;

    /** Gives a shard away, whose store is closed: the next node may claim it at once. */
    void release(int shard, long fence) throws IOException;

    /**
     * The store of a shard that this node owns under {@code fence}; not recovered yet.
     *
     * @param whenDeposed called once, on any thread, when it turns out that another node owns the shard: nothing can be written any more
     */
    Store store(int shard, long fence, Runnable whenDeposed);

    /** Enters a session id as one of {@code shard}; returns another shard in which it is in use already, and enters nothing then. */
    OptionalInt enter(SessionId id, int shard) throws IOException;

    /** The ids are in use no more in {@code shard}. */
    void leave(int shard, Collection<SessionId> ids) throws IOException;

    /** No ids but these are in use in {@code shard}, which has just been recovered. */
    void keepOnly(int shard, Collection<SessionId> ids) throws IOException;

    /** This node leaves for good: the others need not wait until its beat is old. */
    @Override
    void close() throws IOException;
}
