package tokenly.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Hears what the store logs, and keeps it out of the output of the test. Thread-safe. */
final class LogEar extends Handler implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("tokenly.store"); // held, so that its handlers are not forgotten

    private final List<LogRecord> heard = new CopyOnWriteArrayList<>();

    LogEar() {
        LOG.addHandler(this);
        LOG.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord said) {
        heard.add(said);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
        LOG.setUseParentHandlers(true);
    }

    void forget() {
        heard.clear();
    }

    /** Everything of {@code level}. */
    List<String> heard(Level level) {
        return heard.stream()
                .filter(said -> said.getLevel().equals(level))
                .map(new SimpleFormatter()::formatMessage)
                .toList();
    }
}
