package tokenly.client;

import java.io.IOException;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tokenly.cluster.Ownership;
import tokenly.session.SessionId;
import tokenly.session.Store;

/** The database as one node reaches it, or not: while it waits for an answer, the others go on. */
final class FakeOwnership implements Ownership {

    private final ClusterWorld world;
    private final FakeDatabase database;
    private final FakeNode node;

    FakeOwnership(ClusterWorld world, FakeNode node) {
        this.world = world;
        this.database = world.database;
        this.node = node;
    }

    /** A question to the database. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T ask(Question<T> question) throws IOException {
        if (!node.isHurried()) {
            world.meanwhile(node);
        }
        require();
        T answer = question.ask();
        if (!node.isHurried()) {
            world.meanwhile(node);
            if (world.isFaulty() && world.random.nextInt(40) == 0) {
                throw new IOException("the answer is lost");
            }
        }
        return answer;
    }

    private void require() throws IOException {
        if (!database.isReachedBy(node)) {
            throw new IOException("the database does not answer");
        }
    }

    @Override
    public View beat(String status) throws IOException {
        require();
        return database.beat(node, status);
    }

    @Override
    public OptionalLong claim(Shard seen, boolean isGone) throws IOException {
        return ask(() -> database.claim(node, seen, isGone));
    }

    @Override
    public void release(int shard, long fence) throws IOException {
        ask(() -> database.release(node.url, shard, fence));
    }

    @Override
    public Store store(int shard, long fence, Runnable whenDeposed) {
        return new FakeShardStore(world, node, database.row(shard), fence, whenDeposed);
    }

    @Override
    public OptionalInt enter(SessionId id, int shard) throws IOException {
        return ask(() -> database.enter(node.url, id, shard));
    }

    @Override
    public void leave(int shard, Collection<SessionId> ids) throws IOException {
        ask(() -> database.leave(node.url, shard, ids));
    }

    @Override
    public void keepOnly(int shard, Collection<SessionId> ids) throws IOException {
        ask(() -> database.keepOnly(node.url, shard, ids));
    }

    @Override
    public void close() throws IOException {
        require();
        database.leave(node.url);
    }
}
