package tokenly.postgres;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where connections to the database come from. Thread-safe. */
interface ConnectionSource {

    /** A new connection, which commits only when it is told to. */
    Connection open() throws SQLException;

    /** How a message to the operator names the database; without a password. */
    String describe();

    /** Closes {@code connection}, whatever state it is in. */
    static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException broken) {
            System.getLogger(ConnectionSource.class.getName()).log(Level.DEBUG, "closed by the other side", broken);
        }
    }
}
