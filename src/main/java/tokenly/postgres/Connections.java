package tokenly.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A few connections that are used again and again, each for one transaction at a time. Thread-safe. */
final class Connections implements Closeable {

    private final ConnectionSource source;
    private final Semaphore permits;
    private final Duration timeout;
    private final Deque<Connection> idle = new ArrayDeque<>(); // guarded by itself
    private boolean isClosed; // guarded by idle

    /** What is done in one transaction. */
    interface Question<T> {
        T ask(Connection connection) throws SQLException, IOException;
    }

    /**
     * @param most at a time; who wants one more waits
     * @param timeout of each answer
     */
    Connections(ConnectionSource source, int most, Duration timeout) {
        this.source = source;
        this.permits = new Semaphore(most, true);
        this.timeout = timeout;
    }

    String describe() {
        return source.describe();
    }

    /**
     * Asks in a transaction of its own. If a connection that was idle turns out to be lost, it asks once more on a new one, unless the answer to
     * the COMMIT may be what is lost.
     *
     * @throws IOException if the database cannot be asked; the transaction may be committed nevertheless
     */
    <T> T ask(Question<T> question) throws IOException {
        permits.acquireUninterruptibly();
        try {
            return askTwice(question);
        } catch (SQLException failure) {
            throw DatabaseTrouble.describe(source, failure);
        } finally {
            permits.release();
        }
    }

    private <T> T askTwice(Question<T> question) throws SQLException, IOException {
        Connection old = takeIdle();
        if (old != null) {
            try {
                return on(old, question);
            } catch (SQLTransactionRollbackException lost) { // before the COMMIT
                closeIdle();
            }
        }
        return on(fresh(), question);
    }

    private <T> T on(Connection connection, Question<T> question) throws SQLException, IOException {
        boolean isDone = false;
        try {
            T answer = answer(connection, question);
            connection.commit();
            isDone = true;
            return answer;
        } finally {
            if (isDone) {
                giveBack(connection);
            } else {
                ConnectionSource.close(connection); // which rolls back
            }
        }
    }

    private static <T> T answer(Connection connection, Question<T> question) throws SQLException, IOException {
        try {
            return question.ask(connection);
        } catch (SQLException failure) {
            if (DatabaseTrouble.isLost(failure)) {
                throw new SQLTransactionRollbackException(failure.getMessage(), failure.getSQLState(), failure);
            }
            throw failure;
        }
    }

    private @Nullable Connection takeIdle() {
        synchronized (idle) {
            return idle.poll();
        }
    }

    private Connection fresh() throws SQLException {
        Connection connection = source.open();
        boolean isDone = false;
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
            isDone = true;
            return connection;
        } finally {
            if (!isDone) {
                ConnectionSource.close(connection);
            }
        }
    }

    private void giveBack(Connection connection) {
        synchronized (idle) {
            if (!isClosed) {
                idle.push(connection);
                return;
            }
        }
        ConnectionSource.close(connection);
    }

    /** They are as old as one that was lost. */
    private void closeIdle() {
        synchronized (idle) {
            idle.forEach(ConnectionSource::close);
            idle.clear();
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            isClosed = true;
        }
        closeIdle();
    }
}
