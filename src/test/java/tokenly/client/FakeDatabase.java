package tokenly.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tokenly.cluster.Ownership;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.StoreFold;

/** The state that all nodes share, with the rules of the tables of PostgreSQL. */
final class FakeDatabase {

    private static final Duration LEASE = Duration.ofSeconds(3);

    final List<FakeShardStore.Commit> commits = new ArrayList<>();
    final Set<String> cutOff = new TreeSet<>(); // URLs of nodes that do not reach it
    boolean isAway;
    private final ClusterWorld world;
    private final List<Row> rows =
            IntStream.range(0, RoomId.SHARDS).mapToObj(Row::new).toList();
    private final Map<String, Seen> nodes = new TreeMap<>();
    private final Map<SessionId, Integer> ids = new HashMap<>();
    private long fences;

    /** The last beat of a node. */
    private record Seen(Duration at, String status) {}

    FakeDatabase(ClusterWorld world) {
        this.world = world;
    }

    /** A shard. */
    static final class Row {

        final int number;
        private final List<List<Store.Change>> records = new ArrayList<>();
        private final Set<SessionId> unsure = new HashSet<>(); // whose end is lost, and who have not begun anew
        private StoreFold fold = new StoreFold();
        private Duration until = Duration.ZERO;
        private @Nullable FakeNode claimedBy;

        @Nullable
        String owner;

        long fence;

        Row(int number) {
            this.number = number;
        }

        void write(List<Store.Change> changes) {
            records.add(changes);
            changes.stream()
                    .filter(change -> change instanceof Store.Change.Restarted || change instanceof Store.Change.Ended)
                    .forEach(change -> unsure.remove(change.session()));
            fold.apply(changes);
        }

        Store.Recovered recovered() {
            return new Store.Recovered(List.copyOf(fold.images()), unsure.isEmpty());
        }

        Collection<Store.Image> images() {
            return fold.images();
        }

        private void loseLast(int count) {
            int left = Math.max(0, records.size() - count);
            if (left == records.size()) {
                return;
            }
            records.subList(left, records.size()).clear();
            fold = new StoreFold();
            records.forEach(fold::apply);
            fold.images().stream()
                    .filter(image -> image.credentials() != null)
                    .forEach(image -> unsure.add(image.session()));
        }

        private boolean isOf(String url) {
            return url.equals(owner);
        }
    }

    Row row(int shard) {
        return rows.get(shard);
    }

    List<Row> rows() {
        return rows;
    }

    boolean isReachedBy(FakeNode node) {
        return !isAway && !cutOff.contains(node.url) && !node.isDead;
    }

    /** Where {@code id} is said to be in use. */
    Optional<Integer> shardOf(SessionId id) {
        return Optional.ofNullable(ids.get(id));
    }

    Set<SessionId> ids() {
        return ids.keySet();
    }

    private boolean isExpired(Row row) {
        return row.owner == null || row.until.compareTo(world.timer.now()) < 0;
    }

    Ownership.View beat(FakeNode node, String status) {
        nodes.put(node.url, new Seen(world.timer.now(), status));
        rows.stream()
                .filter(row -> row.isOf(node.url))
                .forEach(row -> row.until = world.timer.now().plus(LEASE));
        List<Ownership.Node> all = new ArrayList<>();
        nodes.forEach((url, seen) -> all.add(
                new Ownership.Node(url, seen.at().compareTo(world.timer.now().minus(LEASE)) > 0, seen.status())));
        return new Ownership.View(
                all,
                rows.stream()
                        .map(row -> new Ownership.Shard(
                                row.number, Optional.ofNullable(row.owner), row.fence, isExpired(row)))
                        .toList());
    }

    OptionalLong claim(FakeNode node, Ownership.Shard seen, boolean isGone) {
        Row row = row(seen.number());
        if (row.fence != seen.fence() || !(isExpired(row) || row.isOf(node.url) || isGone)) {
            return OptionalLong.empty();
        }
        row.owner = node.url;
        row.claimedBy = node;
        row.fence = ++fences;
        row.until = world.timer.now().plus(LEASE);
        return OptionalLong.of(row.fence);
    }

    boolean release(String url, int shard, long fence) {
        Row row = row(shard);
        boolean isRight = row.fence == fence && row.isOf(url);
        if (isRight) {
            row.owner = null;
            row.until = world.timer.now();
        }
        return isRight;
    }

    /** As the SQL: an id that is in use is found by any node, and entered only by the owner of its shard. */
    OptionalInt enter(String url, SessionId id, int shard) throws IOException {
        Integer other = ids.get(id);
        if (other != null) {
            return other == shard ? OptionalInt.empty() : OptionalInt.of(other);
        }
        requireOwner(url, shard);
        ids.put(id, shard);
        return OptionalInt.empty();
    }

    private void requireOwner(String url, int shard) throws IOException {
        if (!row(shard).isOf(url)) {
            throw new IOException("this node does not own shard " + shard + " any more");
        }
    }

    boolean leave(String url, int shard, Collection<SessionId> left) {
        return row(shard).isOf(url)
                && ids.entrySet().removeIf(entry -> entry.getValue() == shard && left.contains(entry.getKey()));
    }

    boolean keepOnly(String url, int shard, Collection<SessionId> kept) throws IOException {
        requireOwner(url, shard);
        ids.entrySet().removeIf(entry -> entry.getValue() == shard && !kept.contains(entry.getKey()));
        kept.forEach(id -> ids.putIfAbsent(id, shard));
        return true;
    }

    /** A node leaves for good. */
    void leave(String url) {
        rows.stream().filter(row -> row.isOf(url)).forEach(row -> {
            row.owner = null;
            row.until = world.timer.now();
        });
        nodes.remove(url);
    }

    /** What a node has sent may arrive after its death. */
    void killed(FakeNode node) {
        for (FakeShardStore.Commit commit : List.copyOf(commits)) {
            if (commit.isOf(node)) {
                commits.remove(commit);
                if (!isAway && !cutOff.contains(node.url) && world.random.nextBoolean()) {
                    commit.tryToWrite();
                }
            }
        }
    }

    /** It is the standby from now on: what owners wrote last that are dead is lost. */
    void failOver() {
        rows.stream()
                .filter(row -> row.claimedBy != null && row.claimedBy.isDead)
                .forEach(row -> row.loseLast(world.random.nextInt(4)));
    }

    /** One record of {@code node} is written and answered at once; false if there is none, or the database is away. */
    boolean settleOne(FakeNode node) {
        Optional<FakeShardStore.Commit> next = commits.stream()
                .filter(commit -> commit.isOf(node) && !commit.isOver())
                .findFirst()
                .filter(commit -> isReachedBy(node));
        next.ifPresent(FakeShardStore.Commit::settle);
        return next.isPresent();
    }
}
