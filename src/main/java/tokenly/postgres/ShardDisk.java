package tokenly.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tokenly.store.Advice;
import tokenly.store.Disk;

/**
 * The files of one shard, in the database, under the fence of a {@link Tenure}. What is written is durable when the call returns, so there is
 * nothing to force. A file that is empty exists only here. Every call that reads or writes waits for the database.
 */
final class ShardDisk implements Disk {

    private static final String ROW = "SELECT fence, owner, pos FROM tokenly_shard WHERE id = ?";

    private static final String FILES =
            "SELECT file, sum(octet_length(bytes)) FROM tokenly_chunk WHERE shard = ? GROUP BY file";

    private final Tenure tenure;
    private final String self;
    private final Connections connections;
    private final Committer committer;
    private final Runnable whenClosed;
    private final Map<String, Long> sizes = new ConcurrentHashMap<>(); // by file

    /** @param self the owner */
    ShardDisk(Tenure tenure, String self, Connections connections, Committer committer, Runnable whenClosed) {
        this.tenure = tenure;
        this.self = self;
        this.connections = connections;
        this.committer = committer;
        this.whenClosed = whenClosed;
    }

    /** What it finds does not change: only the owner writes, and what an earlier one still had under way came before the claim. */
    @Override
    public void lock() throws IOException {
        Optional<Long> position = connections.ask(connection -> {
            Optional<Long> found = position(connection);
            readSizes(connection);
            return found;
        });
        if (position.isEmpty()) {
            tenure.depose();
            throw new IOException("this node does not own " + describe("") + " any more");
        }
        tenure.begin(position.get());
    }

    /** Empty if this node does not own the shard. */
    private Optional<Long> position(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROW)) {
            select.setInt(1, tenure.shard());
            try (ResultSet row = select.executeQuery()) {
                boolean isOwn = row.next() && row.getLong(1) == tenure.fence() && self.equals(row.getString(2));
                return isOwn ? Optional.of(row.getLong(3)) : Optional.empty();
            }
        }
    }

    private void readSizes(Connection connection) throws SQLException {
        sizes.clear();
        try (PreparedStatement select = connection.prepareStatement(FILES)) {
            select.setInt(1, tenure.shard());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sizes.put(row.getString(1), row.getLong(2));
                }
            }
        }
    }

    @Override
    public List<String> names() {
        return List.copyOf(sizes.keySet());
    }

    @Override
    public OpenFile create(String name) throws IOException {
        delete(name);
        sizes.put(name, 0L);
        return new ShardFile(this, connections, name);
    }

    @Override
    public OpenFile open(String name) throws IOException {
        size(name);
        return new ShardFile(this, connections, name);
    }

    @Override
    public void delete(String name) throws IOException {
        if (sizes.getOrDefault(name, 0L) > 0) {
            committer.write(tenure, new Step.Delete(name));
        }
        sizes.remove(name);
    }

    /** Makes {@code step}, after which its file has {@code size} bytes. */
    void write(Step step, long size) throws IOException {
        committer.write(tenure, step);
        sizes.put(step.file(), size);
    }

    long size(String name) throws IOException {
        Long size = sizes.get(name);
        if (size == null) {
            throw new IOException("there is no " + describe(name));
        }
        return size;
    }

    int shard() {
        return tenure.shard();
    }

    @Override
    public void force() {
        // what is committed is
    }

    @Override
    public long key(String name) {
        return NO_KEY; // a backup that is restored has older positions, and clients find that the server went back
    }

    @Override
    public String describe(String name) {
        String shard = "shard " + tenure.shard() + " in " + connections.describe();
        return name.isEmpty() ? shard : "file " + name + " of " + shard;
    }

    @Override
    public Advice advice() {
        return new Advice(
                "see whether the database runs, has room, and lets this server write",
                "name another database",
                "Restore the database from a backup, or delete the rows of shard " + tenure.shard()
                        + " from tokenly_chunk to go on without its sessions");
    }

    @Override
    public void close() {
        tenure.end();
        whenClosed.run();
    }
}
