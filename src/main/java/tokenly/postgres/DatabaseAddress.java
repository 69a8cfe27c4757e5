package tokenly.postgres;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.ServiceLoader;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tokenly.store.StoreException;

/**
 * Where the database is and as whom to log in: a URL of the driver, such as {@code
 * jdbc:postgresql://one,two/tokenly?targetServerType=primary}, or the JNDI name of a DataSource of the server, which begins with {@code
 * java:}. What the URL says of timeouts and the like takes precedence.
 */
public final class DatabaseAddress {

    private static final String JNDI = "java:";

    /** A node that is frozen in the middle of a transaction keeps its shards locked, and no other could claim them. In milliseconds. */
    private static final String NO_LOCK_OF_A_FROZEN_NODE = "SET idle_in_transaction_session_timeout = 2000";

    private static final String JDBC = "jdbc:postgresql:";

    private final String url;
    private final @Nullable String user;
    private final @Nullable String password;

    /**
     * @param user null if the URL, the operating system or the DataSource says it
     * @param password null if there is none, or another place says it
     */
    public DatabaseAddress(String url, @Nullable String user, @Nullable String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** As messages name the database: hosts and name, and no more of the URL, which may hold a password. */
    String describe() {
        if (url.startsWith(JNDI)) {
            return "the database of the DataSource " + url;
        }
        String place = url.startsWith(JDBC) ? url.substring(JDBC.length()) : "of an unknown kind";
        int query = place.indexOf('?');
        place = query < 0 ? place : place.substring(0, query);
        return "the database " + place.replaceFirst("^//([^/]*@)?", "");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return describe();
    }

    /**
     * Finds the driver or the DataSource; connects to nothing.
     *
     * @throws StoreException if there is none
     */
    ConnectionSource source() throws StoreException {
        if (url.startsWith(JNDI)) {
            return new Pooled(dataSource(), describe());
        }
        if (!url.startsWith(JDBC)) {
            throw new StoreException("the address of the database begins neither with " + JDBC + "// nor with " + JNDI
                    + "; it is to be like " + JDBC + "//HOST:5432/NAME");
        }
        return new Driven(driver(), url, properties(), describe());
    }

    @SuppressWarnings("BanJNDI") // the name is of the operator, and one of this server
    private DataSource dataSource() throws StoreException {
        try {
            Object found = new InitialContext().lookup(url);
            if (found instanceof DataSource dataSource) {
                return dataSource;
            }
            throw new StoreException("the server has something else than a DataSource as " + url);
        } catch (NamingException unknown) {
            throw new StoreException("the server has no DataSource " + url + "; define it, or name another", unknown);
        }
    }

    /** The one among our libraries: java.sql.DriverManager looks only where the server's own are. */
    private Driver driver() throws StoreException {
        for (Driver driver : ServiceLoader.load(Driver.class, DatabaseAddress.class.getClassLoader())) {
            if (accepts(driver)) {
                return driver;
            }
        }
        throw new StoreException(
                "no driver takes the address of " + describe() + "; it is to be like " + JDBC + "//HOST:5432/NAME");
    }

    private boolean accepts(Driver driver) throws StoreException {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException failure) {
            throw new StoreException("the driver " + driver.getClass().getName() + " cannot be used", failure);
        }
    }

    /** Seconds; the names are those of the driver. */
    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "tokenly");
        properties.setProperty("connectTimeout", "3"); // for each host
        properties.setProperty("socketTimeout", "10"); // no statement of ours takes that long
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true"); // chunks of many shards in one statement
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    private static Connection prepared(Connection connection) throws SQLException {
        boolean isDone = false;
        try {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute(NO_LOCK_OF_A_FROZEN_NODE);
            }
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(
                    Connection.TRANSACTION_READ_COMMITTED); // fences are read anew after a wait
            isDone = true;
            return connection;
        } finally {
            if (!isDone) {
                ConnectionSource.close(connection);
            }
        }
    }

    private record Pooled(DataSource dataSource, String describe) implements ConnectionSource {
        @Override
        public Connection open() throws SQLException {
            return prepared(dataSource.getConnection());
        }
    }

    /** A class, so that no method tells the properties. */
    private static final class Driven implements ConnectionSource {

        private final Driver driver;
        private final String url;
        private final Properties properties;
        private final String description;

        Driven(Driver driver, String url, Properties properties, String description) {
            this.driver = driver;
            this.url = url;
            this.properties = properties;
            this.description = description;
        }

        @Override
        public Connection open() throws SQLException {
            return prepared(driver.connect(url, properties));
        }

        @Override
        public String describe() {
            return description;
        }
    }
}
