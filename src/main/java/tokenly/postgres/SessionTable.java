package tokenly.postgres;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.OptionalInt;
import tokenly.session.SessionId;

/** In which shard each session id is in use. Only the owner of a shard changes its entries. Thread-safe. */
final class SessionTable {

    private static final String ENTER = """
            INSERT INTO tokenly_session (id, shard) SELECT ?, id FROM tokenly_shard WHERE id = ? AND owner = ?
            ON CONFLICT (id) DO NOTHING""";

    private static final String LEAVE = """
            DELETE FROM tokenly_session WHERE shard = ? AND id = ANY(?)
              AND EXISTS (SELECT FROM tokenly_shard WHERE tokenly_shard.id = ? AND owner = ?)""";

    /** Until the transaction ends no other node can claim it. */
    private static final String HOLD = "SELECT 1 FROM tokenly_shard WHERE id = ? AND owner = ? FOR SHARE";

    private static final String DROP = "DELETE FROM tokenly_session WHERE shard = ? AND NOT (id = ANY(?))";

    /** What a failover has lost; in order, so that two nodes do not wait for each other. */
    private static final String ADD = """
            INSERT INTO tokenly_session (id, shard) SELECT id, ? FROM unnest(?) AS v(id) ORDER BY id
            ON CONFLICT (id) DO NOTHING""";

    /** An id that was in use when it was entered, and not when that was looked at, may be free. */
    private static final int ATTEMPTS = 10;

    private final Connections connections;
    private final String self;

    /** @param self URL of this node */
    SessionTable(Connections connections, String self) {
        this.connections = connections;
        this.self = self;
    }

    OptionalInt enter(SessionId id, int shard) throws IOException {
        return connections.ask(connection -> enter(connection, id.value(), shard));
    }

    private OptionalInt enter(Connection connection, String id, int shard) throws SQLException, IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isEntered(connection, id, shard)) {
                return OptionalInt.empty();
            }
            OptionalInt other = shardOf(connection, id);
            if (other.isPresent()) {
                return other.getAsInt() == shard ? OptionalInt.empty() : other;
            }
            holdShard(connection, shard);
        }
        throw new IOException("session id " + id + " comes and goes too fast");
    }

    private boolean isEntered(Connection connection, String id, int shard) throws SQLException {
        try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
            enter.setString(1, id);
            enter.setInt(2, shard);
            enter.setString(3, self);
            return enter.executeUpdate() == 1;
        }
    }

    private static OptionalInt shardOf(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT shard FROM tokenly_session WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    private void holdShard(Connection connection, int shard) throws SQLException, IOException {
        try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
            hold.setInt(1, shard);
            hold.setString(2, self);
            try (ResultSet row = hold.executeQuery()) {
                if (!row.next()) {
                    throw new IOException("this node does not own shard " + shard + " any more");
                }
            }
        }
    }

    void leave(int shard, Collection<SessionId> ids) throws IOException {
        connections.ask(connection -> {
            try (PreparedStatement leave = connection.prepareStatement(LEAVE)) {
                leave.setInt(1, shard);
                leave.setArray(2, array(connection, ids));
                leave.setInt(3, shard);
                leave.setString(4, self);
                return leave.executeUpdate();
            }
        });
    }

    void keepOnly(int shard, Collection<SessionId> ids) throws IOException {
        connections.ask(connection -> {
            holdShard(connection, shard);
            try (PreparedStatement drop = connection.prepareStatement(DROP);
                    PreparedStatement add = connection.prepareStatement(ADD)) {
                drop.setInt(1, shard);
                drop.setArray(2, array(connection, ids));
                drop.executeUpdate();
                add.setInt(1, shard);
                add.setArray(2, array(connection, ids));
                return add.executeUpdate();
            }
        });
    }

    private static Array array(Connection connection, Collection<SessionId> ids) throws SQLException {
        return connection.createArrayOf(
                "text", ids.stream().map(SessionId::value).toArray());
    }
}
