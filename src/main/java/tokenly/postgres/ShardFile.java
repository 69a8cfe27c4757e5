package tokenly.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import tokenly.store.Disk;

/** A file of a {@link ShardDisk}: chunks behind each other. One thread at a time. */
final class ShardFile implements Disk.OpenFile {

    /** Who reads more than a few bytes reads on: so many are fetched at once. */
    private static final int READ_AHEAD = 1 << 20;

    private static final int FEW = 1 << 12;

    /** From the chunk that holds a position to the last one that begins before another position. */
    private static final String READ = """
            SELECT position, bytes FROM tokenly_chunk
            WHERE shard = ? AND file = ? AND position < ? AND position >=
              (SELECT max(position) FROM tokenly_chunk WHERE shard = ? AND file = ? AND position <= ?)
            ORDER BY position""";

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ShardDisk disk;
    private final Connections connections;
    private final String name;
    private ByteBuffer window = NOTHING; // what was fetched last
    private long windowStart; // where that begins

    ShardFile(ShardDisk disk, Connections connections, String name) {
        this.disk = disk;
        this.connections = connections;
        this.name = name;
    }

    /** Writes all of it, if that begins at the end; else at most as much as keeps the size. */
    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        long size = size();
        boolean isAppend = position == size;
        if (position > size) {
            throw new IOException(
                    disk.describe(name) + " has " + size + " bytes: nothing can be written at " + position);
        }
        int count = isAppend ? from.remaining() : (int) Math.min(from.remaining(), size - position);
        byte[] bytes = new byte[count];
        from.duplicate().get(bytes);
        window = NOTHING;
        Step step = isAppend ? new Step.Append(name, position, bytes) : new Step.Overwrite(name, position, bytes);
        disk.write(step, isAppend ? size + count : size);
        from.position(from.position() + count);
        return count;
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
        if (position >= size()) {
            return -1;
        }
        if (position < windowStart || position >= windowStart + window.limit()) {
            fetch(position, to.remaining() > FEW ? Math.max(READ_AHEAD, to.remaining()) : to.remaining());
        }
        int offset = Math.toIntExact(position - windowStart);
        int count = Math.min(to.remaining(), window.limit() - offset);
        to.put(window.duplicate().position(offset).limit(offset + count));
        return count;
    }

    private void fetch(long position, int count) throws IOException {
        connections.ask(connection -> {
            fetch(connection, position, position + count);
            return true;
        });
        if (position < windowStart || position >= windowStart + window.limit()) {
            throw new IOException("the chunk at " + position + " of " + disk.describe(name) + " is missing");
        }
    }

    private void fetch(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            read.setInt(1, disk.shard());
            read.setString(2, name);
            read.setLong(3, to);
            read.setInt(4, disk.shard());
            read.setString(5, name);
            read.setLong(6, from);
            try (ResultSet row = read.executeQuery()) {
                gather(row, Math.toIntExact(to - from));
            }
        }
    }

    /** Up to the first gap, at which no chunk begins. */
    private void gather(ResultSet row, int count) throws SQLException {
        ByteBuffer gathered = ByteBuffer.allocate(count);
        windowStart = 0;
        boolean isFirst = true;
        while (row.next()) {
            long position = row.getLong(1);
            byte[] bytes = row.getBytes(2);
            windowStart = isFirst ? position : windowStart;
            if (position != windowStart + gathered.position()) {
                break;
            }
            isFirst = false;
            if (gathered.remaining() < bytes.length) {
                gathered = ByteBuffer.allocate(gathered.position() + bytes.length + count)
                        .put(gathered.flip());
            }
            gathered.put(bytes);
        }
        window = gathered.flip();
    }

    @Override
    public long size() throws IOException {
        return disk.size(name);
    }

    @Override
    public void truncate(long size) throws IOException {
        if (size < size()) { // a write that failed has not made it longer
            window = NOTHING;
            disk.write(new Step.Truncate(name, size), size);
        }
    }

    @Override
    public void force() {
        // what is committed is
    }

    @Override
    public void close() {
        window = NOTHING;
    }
}
