package tokenly.store;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the log of the store out of the output of a test that breaks it thousands of times. */
final class QuietLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("tokenly.store"); // held, so that its level is not forgotten

    QuietLog() {
        LOG.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        LOG.setLevel(null);
    }
}
