package tokenly.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tokenly.cluster.Ownership.Node;
import tokenly.cluster.Ownership.Shard;
import tokenly.cluster.Ownership.View;

/** Which node owns which shard, and which nodes there are. Thread-safe. */
final class ShardTable {

    /** A node that stands still for less is not taken for dead; clients notice a longer pause. By the clock of the database. */
    static final String LEASE = "interval '3 seconds'";

    /** A fence is never drawn twice, even where a failover has lost the claim that drew it: it is not below the microseconds since 1970. */
    private static final String CLAIM = """
            UPDATE tokenly_shard SET owner = ?, until = now() + %s,
              fence = greatest(fence + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
            WHERE id = ? AND fence = ?
              AND (owner IS NULL OR owner = ? OR until IS NULL OR until < now() OR ?)
            RETURNING fence""".formatted(LEASE);

    private static final String RELEASE =
            "UPDATE tokenly_shard SET owner = NULL, until = now() WHERE id = ? AND fence = ? AND owner = ?";

    private static final String HERE = """
            INSERT INTO tokenly_node (url, seen, status) VALUES (?, now(), ?)
            ON CONFLICT (url) DO UPDATE SET seen = excluded.seen, status = excluded.status""";

    /** What is locked is being written, which renews it, too: a beat must not wait for a standby. */
    private static final String RENEW = """
            UPDATE tokenly_shard SET until = now() + %s
            WHERE id IN (SELECT id FROM tokenly_shard WHERE owner = ? FOR UPDATE SKIP LOCKED)""".formatted(LEASE);

    private static final String FORGET = """
            DELETE FROM tokenly_node WHERE seen < now() - interval '1 day'
              AND NOT EXISTS (SELECT FROM tokenly_shard WHERE owner = url)""";

    private static final String VIEW = """
            SELECT false, id, owner, fence, pos, owner IS NULL OR until IS NULL OR until < now(), '' FROM tokenly_shard
            UNION ALL SELECT true, 0, url, 0, 0, seen > now() - %s, status FROM tokenly_node
            ORDER BY 1, 2, 3""".formatted(LEASE);

    private final Connections beats;
    private final Connections others;
    private final String self;

    /**
     * @param beats for beats, which must wait for nothing else
     * @param self URL of this node
     */
    ShardTable(Connections beats, Connections others, String self) {
        this.beats = beats;
        this.others = others;
        this.self = self;
    }

    /**
     * What there is.
     *
     * @param positions of all shards by their numbers
     */
    record Beat(View view, Map<Integer, Long> positions) {}

    Beat beat(String status) throws IOException {
        return beats.ask(connection -> {
            try (Statement local = connection.createStatement()) {
                local.execute(
                        "SET LOCAL synchronous_commit TO local"); // a beat that a failover loses is followed by another
            }
            update(connection, HERE, self, status);
            update(connection, RENEW, self);
            update(connection, FORGET);
            return view(connection);
        });
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
        }
    }

    private static Beat view(Connection connection) throws SQLException {
        List<Node> nodes = new ArrayList<>();
        List<Shard> shards = new ArrayList<>();
        Map<Integer, Long> positions = new HashMap<>();
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(VIEW)) {
            while (row.next()) {
                if (row.getBoolean(1)) {
                    nodes.add(new Node(row.getString(3), row.getBoolean(6), row.getString(7)));
                } else {
                    Optional<String> owner = Optional.ofNullable(row.getString(3));
                    shards.add(new Shard(row.getInt(2), owner, row.getLong(4), row.getBoolean(6)));
                    positions.put(row.getInt(2), row.getLong(5));
                }
            }
        }
        return new Beat(new View(nodes, shards), positions);
    }

    /** A shard that is this node's already may be claimed, too: it was claimed by a process before this one, or the answer was lost. */
    OptionalLong claim(Shard seen, boolean isGone) throws IOException {
        return others.ask(connection -> {
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                claim.setString(1, self);
                claim.setInt(2, seen.number());
                claim.setLong(3, seen.fence());
                claim.setString(4, self);
                claim.setBoolean(5, isGone);
                try (ResultSet claimed = claim.executeQuery()) {
                    return claimed.next() ? OptionalLong.of(claimed.getLong(1)) : OptionalLong.empty();
                }
            }
        });
    }

    void release(int shard, long fence) throws IOException {
        others.ask(connection -> update(connection, RELEASE, shard, fence, self));
    }

    /** This node is there no more, and owns nothing; its row stays for a day, as those of nodes that died. */
    void leave() throws IOException {
        others.ask(connection -> {
            update(connection, "UPDATE tokenly_shard SET owner = NULL, until = now() WHERE owner = ?", self);
            return update(connection, "UPDATE tokenly_node SET seen = now() - interval '1 hour' WHERE url = ?", self);
        });
    }
}
