package tokenly;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The lines that one package or class logs for the operator, kept out of the output of the test; a field with {@link
 * RegisterExtension}. Captures from its construction to the end of the test. Thread-safe.
 */
public final class CapturedLog extends Handler implements AfterEachCallback {

    private final Logger logger; // held, so that its handlers are not forgotten
    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();

    /** Of the logger {@code name} and all below it. */
    public CapturedLog(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public void afterEach(ExtensionContext context) {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }

    /** Forgets all lines so far. */
    public void clear() {
        lines.clear();
    }

    /** All lines of {@code level}, the oldest first. */
    public List<String> lines(Level level) {
        return lines.stream()
                .filter(line -> line.getLevel().equals(level))
                .map(new SimpleFormatter()::formatMessage)
                .toList();
    }
}
