package tokenly.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One transaction, for all shards that have something to write: it moves their rows, each from where it must stand and under its
 * fence, then it makes the steps. Belongs to the thread of the {@link Committer}.
 */
final class Flush {

    /** SQLSTATE transaction_resolution_unknown (PostgreSQL, appendix A). */
    private static final String UNKNOWN = "08007";

    private static final String MOVE = "UPDATE tokenly_shard s SET pos = v.upto, until = now() + " + ShardTable.LEASE
            + " FROM unnest(?, ?, ?, ?) AS v(id, fence, since, upto)"
            + " WHERE s.id = v.id AND s.fence = v.fence AND s.pos = v.since AND s.owner = ?";

    private static final String CLAIM_AGAIN = "UPDATE tokenly_shard SET fence = ?, owner = ?, until = now() + "
            + ShardTable.LEASE + " WHERE id = ? AND fence < ? AND pos = ?";

    private static final String ROWS = "SELECT id, fence, owner, pos FROM tokenly_shard WHERE id = ANY(?)";

    private final Connection connection;
    private final String self;
    private final RecentSteps recent;

    /** @param self the owner of the shards */
    Flush(Connection connection, String self, RecentSteps recent) {
        this.connection = connection;
        this.self = self;
        this.recent = recent;
    }

    /**
     * Writes {@code shares}, which are ready, and answers them. If that returns false nothing is answered: what the rows show is noted, and it
     * must be tried again.
     *
     * @throws SQLException if it failed; then it must be rolled back
     */
    boolean write(List<Share> shares) throws SQLException {
        claimAgain(shares);
        if (move(shares) < shares.size()) {
            connection.rollback();
            compare(shares);
            return false;
        }
        shares.forEach(Share::isMoving);
        try (StepWriter writer = new StepWriter(connection)) {
            for (Share share : shares) {
                writer.write(share.tenure().shard(), share.all());
            }
            writer.finish();
        }
        if (!isCommitted(shares)) {
            return false;
        }
        shares.forEach(share -> share.isCommitted(recent));
        return true;
    }

    private void claimAgain(List<Share> shares) throws SQLException {
        for (Share share : shares) {
            Tenure tenure = share.tenure();
            if (tenure.isClaimLost()) {
                try (PreparedStatement claim = connection.prepareStatement(CLAIM_AGAIN)) {
                    claim.setLong(1, tenure.fence());
                    claim.setString(2, self);
                    claim.setInt(3, tenure.shard());
                    claim.setLong(4, tenure.fence());
                    claim.setLong(5, tenure.claimedAt());
                    claim.executeUpdate();
                }
            }
        }
    }

    private int move(List<Share> shares) throws SQLException {
        Integer[] ids = new Integer[shares.size()];
        Long[] fences = new Long[ids.length];
        Long[] since = new Long[ids.length];
        Long[] upto = new Long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Tenure tenure = shares.get(i).tenure();
            ids[i] = tenure.shard();
            fences[i] = tenure.fence();
            since[i] = tenure.rowPosition();
            upto[i] = tenure.rowPosition() + shares.get(i).all().size();
        }
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setArray(1, connection.createArrayOf("int4", ids));
            move.setArray(2, connection.createArrayOf("int8", fences));
            move.setArray(3, connection.createArrayOf("int8", since));
            move.setArray(4, connection.createArrayOf("int8", upto));
            move.setString(5, self);
            return move.executeUpdate();
        }
    }

    /**
     * Commits. A warning says that a standby may lack it, because the wait for that was cancelled: so it is as much in doubt as if the
     * connection were lost, and is answered when a later commit, which the standby gets behind it, comes without a warning.
     */
    private boolean isCommitted(List<Share> shares) throws SQLException {
        shares.forEach(Share::isSent);
        connection.clearWarnings();
        try {
            connection.commit();
        } catch (SQLException lost) {
            throw new SQLTransientConnectionException("the answer to a commit is lost", UNKNOWN, lost);
        }
        return connection.getWarnings() == null;
    }

    private void compare(List<Share> shares) throws SQLException {
        Map<Integer, Tenure.Row> rows = rows(shares);
        shares.forEach(share -> share.compare(rows.get(share.tenure().shard()), recent));
    }

    private Map<Integer, Tenure.Row> rows(List<Share> shares) throws SQLException {
        Integer[] ids = shares.stream().map(share -> share.tenure().shard()).toArray(Integer[]::new);
        Map<Integer, Tenure.Row> rows = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(ROWS)) {
            select.setArray(1, connection.createArrayOf("int4", ids));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    String owner = found.getString(3);
                    rows.put(
                            found.getInt(1),
                            new Tenure.Row(found.getLong(2), owner == null ? "" : owner, found.getLong(4)));
                }
            }
        }
        connection.rollback();
        return rows;
    }
}
