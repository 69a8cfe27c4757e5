package tokenly.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Makes steps in the transaction that is under way: chunks that follow each other in one round trip. One thread. */
final class StepWriter implements AutoCloseable {

    private static final String APPEND = "INSERT INTO tokenly_chunk (shard, file, position, bytes) VALUES (?, ?, ?, ?)";

    private static final String OVERWRITE = """
            UPDATE tokenly_chunk SET bytes = overlay(bytes PLACING ? FROM (? - position + 1)::int)
            WHERE shard = ? AND file = ? AND position <= ? AND position + octet_length(bytes) >= ?""";

    private static final String TRUNCATE_CHUNK = """
            UPDATE tokenly_chunk SET bytes = substring(bytes FROM 1 FOR (? - position)::int)
            WHERE shard = ? AND file = ? AND position < ? AND position + octet_length(bytes) > ?""";

    private static final String TRUNCATE = "DELETE FROM tokenly_chunk WHERE shard = ? AND file = ? AND position >= ?";

    private final Connection connection;
    private final PreparedStatement append;
    private boolean hasAppends;

    StepWriter(Connection connection) throws SQLException {
        this.connection = connection;
        this.append = connection.prepareStatement(APPEND);
    }

    void write(int shard, List<Step> steps) throws SQLException {
        for (Step step : steps) {
            if (step instanceof Step.Append appended) {
                append(shard, appended);
            } else {
                finish();
                change(shard, step);
            }
        }
    }

    private void append(int shard, Step.Append step) throws SQLException {
        append.setInt(1, shard);
        append.setString(2, step.file());
        append.setLong(3, step.position());
        append.setBytes(4, step.bytes());
        append.addBatch();
        hasAppends = true;
    }

    /** Writes what is gathered. */
    void finish() throws SQLException {
        if (hasAppends) {
            append.executeBatch();
            hasAppends = false;
        }
    }

    private void change(int shard, Step step) throws SQLException {
        if (step instanceof Step.Overwrite overwrite) {
            overwrite(shard, overwrite);
        } else if (step instanceof Step.Truncate truncate) {
            truncateChunk(shard, truncate);
            deleteFrom(shard, truncate.file(), truncate.position());
        } else {
            deleteFrom(shard, step.file(), 0);
        }
    }

    private void overwrite(int shard, Step.Overwrite step) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(OVERWRITE)) {
            update.setBytes(1, step.bytes());
            update.setLong(2, step.position());
            update.setInt(3, shard);
            update.setString(4, step.file());
            update.setLong(5, step.position());
            update.setLong(6, step.position() + step.bytes().length);
            if (update.executeUpdate() != 1) {
                throw new SQLException("no chunk of " + step.file() + " of shard " + shard + " has "
                        + step.bytes().length + " bytes at " + step.position());
            }
        }
    }

    private void truncateChunk(int shard, Step.Truncate step) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TRUNCATE_CHUNK)) {
            update.setLong(1, step.position());
            update.setInt(2, shard);
            update.setString(3, step.file());
            update.setLong(4, step.position());
            update.setLong(5, step.position());
            update.executeUpdate();
        }
    }

    private void deleteFrom(int shard, String file, long position) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(TRUNCATE)) {
            delete.setInt(1, shard);
            delete.setString(2, file);
            delete.setLong(3, position);
            delete.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        append.close();
    }
}
