package tokenly.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tokenly.cluster.Ownership;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.store.Fsync;
import tokenly.store.JournalStore;
import tokenly.store.StoreException;

/**
 * Ownership in PostgreSQL. A shard's store is the journal of {@link tokenly.store}, written under the fence: a node that was deposed
 * changes nothing in it. Thread-safe.
 */
public final class PostgresOwnership implements Ownership {

    /** Of a shard: small enough that what a recovery reads for a second time is soon read. */
    private static final int SEGMENT_BYTES = 4 << 20;

    /** Besides that of the committer and that of the beats: each is busy for some milliseconds. */
    private static final int CONNECTIONS = 4;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A beat that is answered later comes too late. */
    private static final Duration BEAT_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final String self;
    private final Connections connections;
    private final Connections beats;
    private final ShardTable shards;
    private final SessionTable sessions;
    private final Committer committer;
    private final ThreadPoolExecutor threads = threads();
    private final Map<Integer, Tenure> tenures =
            new ConcurrentHashMap<>(); // of the stores that are not closed, by shard

    private PostgresOwnership(ConnectionSource source, String self, InstantSource clock, Duration patience) {
        this.self = self;
        this.connections = new Connections(source, CONNECTIONS, TIMEOUT);
        this.beats = new Connections(source, 1, BEAT_TIMEOUT);
        this.shards = new ShardTable(beats, connections, self);
        this.sessions = new SessionTable(connections, self);
        this.committer = new Committer(source, self, new RecentSteps(clock), patience);
    }

    /**
     * Connects, makes the tables if there are none, and logs what a commit of the database promises.
     *
     * @param self URL by which other nodes reach this one
     * @throws StoreException if the database cannot be used, with a message for the operator
     */
    public static PostgresOwnership open(DatabaseAddress address, String self, InstantSource clock)
            throws StoreException {
        return open(address, self, clock, Committer.PATIENCE);
    }

    /** @param patience for which it writes again while the database does not answer */
    static PostgresOwnership open(DatabaseAddress address, String self, InstantSource clock, Duration patience)
            throws StoreException {
        ConnectionSource source = address.source();
        prepare(source);
        PostgresOwnership ownership = new PostgresOwnership(source, self, clock, patience);
        ownership.committer.start();
        return ownership;
    }

    private static void prepare(ConnectionSource source) throws StoreException {
        Connection connection = null;
        try {
            connection = source.open();
            Promise.check(connection, source.describe());
            Schema.make(connection, source.describe());
            connection.commit();
        } catch (SQLException failure) {
            throw DatabaseTrouble.atTheStart(source, failure);
        } finally {
            ConnectionSource.close(connection);
        }
    }

    /** One for each shard at most, while it has something to write. */
    private static ThreadPoolExecutor threads() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                Schema.SHARDS, Schema.SHARDS, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tokenly-store-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public View beat(String status) throws IOException {
        Map<Integer, Long> known = new HashMap<>(); // before it is asked: what is written meanwhile is no loss
        tenures.forEach((shard, tenure) -> known.put(shard, tenure.position()));
        ShardTable.Beat beat = shards.beat(status);
        for (Shard shard : beat.view().shards()) {
            Tenure tenure = tenures.get(shard.number());
            if (tenure != null) {
                long from = known.getOrDefault(shard.number(), 0L);
                look(tenure, shard, beat.positions().getOrDefault(shard.number(), 0L) < from);
            }
        }
        return beat.view();
    }

    /** A node that writes nothing learns by its beats what another one learns by its writes. */
    private void look(Tenure tenure, Shard shard, boolean isBehind) {
        if (shard.fence() > tenure.fence()) {
            tenure.depose();
        } else if (tenure.position() >= 0 && (isBehind || shard.fence() < tenure.fence())) {
            committer.look(tenure);
        }
    }

    @Override
    public OptionalLong claim(Shard seen, boolean isGone) throws IOException {
        return shards.claim(seen, isGone);
    }

    @Override
    public void release(int shard, long fence) throws IOException {
        shards.release(shard, fence);
    }

    @Override
    public Store store(int shard, long fence, Runnable whenDeposed) {
        Tenure tenure = new Tenure(self, shard, fence, threads, whenDeposed);
        tenures.put(shard, tenure);
        ShardDisk disk = new ShardDisk(tenure, self, connections, committer, () -> tenures.remove(shard, tenure));
        return new JournalStore(disk, Fsync.ALWAYS, SEGMENT_BYTES, threads);
    }

    /** How many writes wait for the next transaction. */
    int waiting() {
        return committer.waiting();
    }

    @Override
    public OptionalInt enter(SessionId id, int shard) throws IOException {
        return sessions.enter(id, shard);
    }

    @Override
    public void leave(int shard, Collection<SessionId> ids) throws IOException {
        sessions.leave(shard, ids);
    }

    @Override
    public void keepOnly(int shard, Collection<SessionId> ids) throws IOException {
        sessions.keepOnly(shard, ids);
    }

    /** The stores are to be closed before. */
    @Override
    public void close() throws IOException {
        tenures.values().forEach(Tenure::end);
        tenures.clear();
        committer.close();
        threads.shutdown();
        try (connections;
                beats) {
            shards.leave();
        }
    }
}
