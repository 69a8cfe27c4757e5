package tokenly;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the server's log out of the output of a test class that breaks things thousands of times; for {@link ExtendWith}. */
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {

    private static final Logger LOG = Logger.getLogger("tokenly"); // held, so that its level is not forgotten

    @Override
    public void beforeAll(ExtensionContext context) {
        LOG.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LOG.setLevel(null);
    }
}
