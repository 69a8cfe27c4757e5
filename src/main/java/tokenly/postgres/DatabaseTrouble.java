package tokenly.postgres;

import java.io.IOException;
import java.sql.SQLException;
import tokenly.store.StoreException;

/** What the SQLSTATE of a failure means (PostgreSQL, appendix A), for the server and for its operator. */
final class DatabaseTrouble {

    private static final String READ_ONLY = "25006";
    private static final String FULL = "53100";

    private DatabaseTrouble() {}

    /** A row was not as it was expected: it is looked at once more. */
    static SQLException notAsExpected() {
        return new SQLException("a shard is not where it was left", "40001");
    }

    /** Whether the same may succeed on another connection: the connection is lost, or the server stops, starts, or has become a standby. */
    static boolean mayPass(SQLException failure) {
        String state = state(failure);
        return isLost(failure)
                || state.startsWith("40")
                || state.equals("57014")
                || state.equals("53300")
                || state.equals(READ_ONLY);
    }

    /** Whether the connection can be used no more. */
    static boolean isLost(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    /** Tells what failed; without what to do. */
    static IOException describe(ConnectionSource source, SQLException failure) {
        String what = state(failure).equals(FULL) ? " has no room left: " : ": ";
        return new IOException(source.describe() + what + failure.getMessage(), failure);
    }

    /** Tells the operator why the server cannot use the database when it starts, and what to do. */
    static StoreException atTheStart(ConnectionSource source, SQLException failure) {
        return new StoreException(
                "Tokenly cannot use " + source.describe() + ": " + failure.getMessage() + ". " + advice(failure),
                failure);
    }

    private static String advice(SQLException failure) {
        return switch (state(failure)) {
            case "28P01", "28000" -> "See to its user and password, and to pg_hba.conf";
            case "3D000" -> "Make it by CREATE DATABASE, or name another";
            case "42501" -> "Let its user make tables there: GRANT CREATE ON SCHEMA public TO the user";
            case READ_ONLY -> readOnly();
            case FULL -> "Make room on its disk";
            case "53300" -> "Raise max_connections, or let fewer clients use it";
            case "57P03" -> "It starts, stops or recovers: start Tokenly again when it is up";
            default ->
                isLost(failure)
                        ? "See whether it runs, whether its address is right and whether this host reaches it"
                        : "See its log";
        };
    }

    /** What to do about a standby. */
    static String readOnly() {
        return "Name all hosts of it, and say targetServerType=primary: jdbc:postgresql://ONE,TWO/NAME?targetServerType=primary";
    }
}
