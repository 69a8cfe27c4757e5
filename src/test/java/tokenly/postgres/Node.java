package tokenly.postgres;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import tokenly.cluster.Ownership.Shard;
import tokenly.store.JournalStore;

/** A node of a test, with a clock that the test sets. */
final class Node implements AutoCloseable {

    final PostgresOwnership ownership;
    final AtomicInteger depositions = new AtomicInteger();
    private final String url;
    private volatile Instant now = Instant.EPOCH;

    /** @param patience for which it writes again while the database does not answer */
    Node(String url, String database, Duration patience) throws IOException {
        this.url = url;
        InstantSource clock = () -> now;
        this.ownership = PostgresOwnership.open(new DatabaseAddress(database, "postgres", ""), url, clock, patience);
    }

    Node(String url, String database) throws IOException {
        this(url, database, Committer.PATIENCE);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Shard shard(int number) throws IOException {
        return ownership.beat("up").shards().get(number);
    }

    /** Claims a shard, whoever has it. */
    long claim(int number) throws IOException {
        OptionalLong fence = ownership.claim(shard(number), true);
        return fence.orElseThrow(() -> new AssertionError(url + " has not got shard " + number));
    }

    /** The store of a shard that it claims; not recovered. */
    JournalStore store(int shard) throws IOException {
        return (JournalStore) ownership.store(shard, claim(shard), depositions::incrementAndGet);
    }

    @Override
    public void close() throws IOException {
        ownership.close();
    }
}
