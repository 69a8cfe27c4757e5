package tokenly.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store;

/**
 * Writes the steps of all shards of a node, by one thread on one connection: all that waits goes into one transaction. While the
 * database cannot be reached it tries again, for up to {@link #PATIENCE}; then what waits fails. Thread-safe.
 */
final class Committer implements Closeable {

    /** From the first failure on: longer than a standby takes to be promoted by the usual tools, shorter than clients wait. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final System.Logger LOG = System.getLogger(Committer.class.getName());

    private final ConnectionSource source;
    private final String self;
    private final RecentSteps recent; // the thread's
    private final Duration patience;
    private final Thread thread = new Thread(this::run, "tokenly-store-commit");
    private final StepQueue queue = new StepQueue();
    private volatile @Nullable Deadline deadline; // of the trouble that lasts; set by the thread
    private @Nullable Connection connection; // the thread's

    /** @param self the owner of all shards */
    Committer(ConnectionSource source, String self, RecentSteps recent, Duration patience) {
        this.source = source;
        this.self = self;
        this.recent = recent;
        this.patience = patience;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Writes {@code step}, and waits for that.
     *
     * @throws IOException if it is not written, and for all that follows never was
     */
    void write(Tenure tenure, Step step) throws IOException {
        CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
        queue.offer(tenure, List.of(step), answer);
        try {
            answer.join();
        } catch (CompletionException failure) {
            Throwable cause = Objects.requireNonNull(failure.getCause());
            if (cause instanceof Store.LostException) {
                throw new Store.LostException(String.valueOf(cause.getMessage()));
            }
            throw new IOException(
                    "nothing can be written to shard " + tenure.shard() + ": " + cause.getMessage(), cause);
        }
    }

    /** Looks where the shard stands, and mends it if a failover has lost something. Does not wait for that. */
    void look(Tenure tenure) {
        queue.offer(tenure, List.of(), new CompletableFuture<>());
    }

    /** How many requests wait for the next transaction. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        List<Share> shares = queue.take();
        while (!shares.isEmpty()) {
            try {
                write(shares);
            } catch (RuntimeException | Error bug) { // whatever it is, no one may wait for ever
                LOG.log(Level.ERROR, "the store could not be written", bug);
                drop();
                fail(shares, new IOException("the store could not be written", bug));
            }
            shares = queue.take();
        }
        drop();
    }

    private void write(List<Share> all) {
        List<Share> shares = all;
        deadline = null;
        while (true) {
            shares = shares.stream().filter(share -> share.isReady(recent)).toList();
            if (shares.isEmpty()) {
                return;
            }
            SQLException failure = attempt(shares);
            if (failure == null) {
                return;
            }
            if (!DatabaseTrouble.mayPass(failure)) {
                failOrDivide(shares, failure);
                return;
            }
            if (!hasPatience(failure)) {
                failAll(shares, failure);
                return;
            }
        }
    }

    /** Returns why it must be tried again, or fails; null if all is written. */
    private @Nullable SQLException attempt(List<Share> shares) {
        try {
            boolean isWritten = new Flush(connection(), self, recent).write(shares);
            return isWritten ? null : DatabaseTrouble.notAsExpected();
        } catch (SQLException failure) {
            rollBack(failure);
            return failure;
        }
    }

    private void rollBack(SQLException failure) {
        try {
            if (connection != null && !DatabaseTrouble.mayPass(failure)) {
                connection.rollback();
                return;
            }
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
        drop();
    }

    /** One shard that fails must not take the others along. */
    private void failOrDivide(List<Share> shares, SQLException failure) {
        if (shares.size() == 1) {
            fail(shares, DatabaseTrouble.describe(source, failure));
            return;
        }
        shares.forEach(share -> write(List.of(share)));
    }

    private boolean hasPatience(SQLException failure) {
        Deadline lasting = deadline;
        if (lasting == null) {
            lasting = new Deadline(queue.isClosed() ? Duration.ZERO : patience);
            deadline = lasting;
            LOG.log(Level.INFO, "to be written again to {0}: {1}", source.describe(), failure.getMessage());
            return true; // at once, because a connection is often lost for a moment only
        }
        lasting.pause(PAUSE);
        return !lasting.isOver();
    }

    /** What has come meanwhile fails, too: it would wait as long, and its clients may go elsewhere. */
    private void failAll(List<Share> shares, SQLException failure) {
        IOException reason = DatabaseTrouble.describe(source, failure);
        queue.failAll(reason); // first: who is answered may bring the next one at once
        fail(shares, reason);
    }

    private static void fail(List<Share> shares, IOException failure) {
        shares.forEach(share -> share.fail(failure));
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = source.open();
            connection = open;
        }
        return open;
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        ConnectionSource.close(open);
    }

    /** Writes what still waits, if that goes at once, and ends the thread; waits for that, but not long. */
    @Override
    public void close() {
        queue.close();
        Deadline lasting = deadline;
        if (lasting != null) {
            lasting.cut();
        }
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
