package tokenly.postgres;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tokenly.store.StoreException;

/** What a commit of this database promises, as it is set up, for the log. */
final class Promise {

    /** Older ones may do, and are not tested. */
    private static final int OLDEST = 15;

    private static final System.Logger LOG = System.getLogger(Promise.class.getName());

    private Promise() {}

    /**
     * Logs it in one line.
     *
     * @throws StoreException if the database is too old or takes no writes
     */
    static void check(Connection connection, String database) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int / 10000,"
                        + " pg_is_in_recovery() OR current_setting('transaction_read_only')::bool,"
                        + " current_setting('synchronous_commit'),"
                        + " current_setting('synchronous_standby_names')")) {
            row.next();
            if (row.getInt(1) < OLDEST) {
                throw new StoreException(
                        database + " is PostgreSQL " + row.getInt(1) + "; Tokenly needs " + OLDEST + " or newer");
            }
            if (row.getBoolean(2)) {
                throw new StoreException(
                        database + " takes no writes: it is a standby, or read-only. " + DatabaseTrouble.readOnly());
            }
            log(database, row.getString(3), !row.getString(4).isBlank());
        }
    }

    private static void log(String database, String commit, boolean hasStandby) {
        if (commit.equals("off")) {
            LOG.log(
                    Level.WARNING,
                    "{0} answers before it has written (synchronous_commit is off): what was answered last is lost"
                            + " if it crashes. Set it to on",
                    database);
        } else if (commit.equals("local") || !hasStandby) {
            LOG.log(
                    Level.WARNING,
                    "{0} has no synchronous standby: what is written survives a crash of it, but what was answered last"
                            + " is lost if its disk is, or if a standby takes over that is behind. Set"
                            + " synchronous_standby_names, and synchronous_commit to on",
                    database);
        } else {
            LOG.log(
                    Level.INFO,
                    "{0} answers when a standby has what is written (synchronous_commit is {1})",
                    database,
                    commit);
        }
    }
}
