package tokenly.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import tokenly.store.StoreException;

/** The tables: made where they are missing, and brought to this version, by whichever node comes first. */
final class Schema {

    /** How many shards there are; a room is in that of its hash, so the number never changes. */
    static final int SHARDS = 64;

    /** Any number that others are not likely to take: "Tokenly" as one. */
    private static final long LOCK = 0x546f6b656e6c79L;

    /**
     * What leads from one version to the next; a change is a new one at the end. A row of a shard is written again and again: most of its page
     * stays free, so that no index is touched for that. Chunks mostly hold small texts, which are not worth compressing.
     */
    private static final List<String> VERSIONS = List.of("""
            CREATE TABLE tokenly_version (version int NOT NULL);
            INSERT INTO tokenly_version VALUES (0);
            CREATE TABLE tokenly_shard (
              id int PRIMARY KEY,
              fence bigint NOT NULL DEFAULT 0,
              pos bigint NOT NULL DEFAULT 0,
              owner text,
              until timestamptz
            ) WITH (fillfactor = 10);
            INSERT INTO tokenly_shard (id) SELECT generate_series(0, 63);
            CREATE TABLE tokenly_chunk (
              shard int NOT NULL,
              file text COLLATE "C" NOT NULL,
              position bigint NOT NULL,
              bytes bytea NOT NULL,
              PRIMARY KEY (shard, file, position)
            );
            ALTER TABLE tokenly_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
            CREATE TABLE tokenly_node (
              url text PRIMARY KEY,
              seen timestamptz NOT NULL,
              status text NOT NULL
            ) WITH (fillfactor = 50);
            CREATE TABLE tokenly_session (
              id text COLLATE "C" PRIMARY KEY,
              shard int NOT NULL
            );
            CREATE INDEX tokenly_session_by_shard ON tokenly_session (shard);
            """);

    private Schema() {}

    /**
     * Makes the tables in the transaction that is under way, which is to be committed. Nodes that start at the same time wait for each other.
     *
     * @throws StoreException if a later version has been here
     */
    static void make(Connection connection, String database) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            int version = version(statement);
            if (version == VERSIONS.size()) {
                return; // by far the most usual, and needs no right to make tables
            }
            if (version > VERSIONS.size()) {
                throw new StoreException(database + " was made by a later version of Tokenly: its tables have version "
                        + version + ", and this one knows " + VERSIONS.size()
                        + ". Nothing was changed. Start that version, or name another database");
            }
            for (String next : VERSIONS.subList(version, VERSIONS.size())) {
                statement.execute(next);
            }
            statement.execute("UPDATE tokenly_version SET version = " + VERSIONS.size());
        }
    }

    /** 0 if there are no tables. */
    private static int version(Statement statement) throws SQLException {
        if (number(statement, "SELECT count(to_regclass('tokenly_version'))") == 0) {
            return 0;
        }
        return number(statement, "SELECT max(version) FROM tokenly_version");
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
