package tokenly.app;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tokenly.access.NodeDoor;
import tokenly.cluster.Cluster;
import tokenly.cluster.HttpLinkTransport;
import tokenly.cluster.Ownership;
import tokenly.postgres.PostgresOwnership;
import tokenly.session.Account;
import tokenly.session.RoomId;
import tokenly.session.Store;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.wire.IceServers;

/** The node that this server is, where it shares a database with others. */
final class Nodes implements Closeable {

    private static final System.Logger LOG = System.getLogger(Nodes.class.getName());

    /** Each may wait for the database: claims, and questions for session ids. */
    private static final int THREADS = 16;

    private final String url;
    private final NodeDoor door;
    private final Ownership ownership;
    private final Cluster.Base base;
    private final ExecutorService beats = Threads.pool("tokenly-beat", 1);
    private final ExecutorService links = Threads.pool("tokenly-links", 1);
    private final ExecutorService threads = Threads.pool("tokenly-cluster", THREADS);
    private final ExecutorService notes = Threads.pool("tokenly-ids", 1);
    private @Nullable Cluster cluster; // set by join, before any connection

    /**
     * Asks the database whether it can be used; null where the server is no node, but has all rooms itself.
     *
     * @throws IllegalArgumentException with a message for the operator if it cannot
     */
    static @Nullable Nodes open(StoreSettings settings) {
        try {
            return settings.isCluster() ? new Nodes(settings) : null;
        } catch (IOException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    private Nodes(StoreSettings settings) throws IOException {
        this.url = settings.nodeUrl();
        this.door = settings.nodeDoor(InstantSource.system());
        this.base = new Cluster.Base(url);
        this.ownership = PostgresOwnership.open(settings.database(), url, InstantSource.system());
    }

    Store store() {
        return base.store();
    }

    NodeDoor door() {
        return door;
    }

    /** Makes the node of the parts that it needs. */
    Cluster cluster(
            Switchboard switchboard,
            Timer timer,
            IceServers iceServers,
            long mailboxBytes,
            Supplier<Account> accounts) {
        Cluster made = new Cluster(
                base,
                new Cluster.Parts(
                        url,
                        ownership,
                        new HttpLinkTransport(door),
                        switchboard,
                        timer,
                        iceServers,
                        Math.max(1, mailboxBytes / RoomId.SHARDS * 4),
                        accounts,
                        beats,
                        links,
                        threads,
                        notes));
        cluster = made;
        return made;
    }

    /** Joins the others. */
    void join() {
        if (cluster != null) {
            LOG.log(
                    Level.INFO,
                    "this server is the node {0}; {1}",
                    url,
                    door.isOpen()
                            ? "others of its cluster may join"
                            : "without tokenly.cluster.secret no other may join");
            cluster.start();
        }
    }

    /** Gives its rooms to the others; then its clients have to be told to come again. */
    void leave() {
        if (cluster != null) {
            cluster.leave();
        }
    }

    @Override
    public void close() throws IOException {
        beats.shutdownNow();
        threads.shutdownNow();
        notes.shutdown();
        if (cluster != null) {
            cluster.close();
        } else {
            ownership.close();
        }
        links.shutdown();
    }
}
