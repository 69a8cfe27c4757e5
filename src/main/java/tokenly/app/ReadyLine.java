package tokenly.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import tokenly.session.Timer;

/**
 * The line that ends a start: {@code Tokenly is ready: http://localhost:3003/}. An application is up before its server answers
 * requests, so this waits until it does. Thread-safe.
 */
final class ReadyLine {

    private static final System.Logger LOG = System.getLogger(ReadyLine.class.getName());

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    /** Servers answer at most seconds after the application is up. */
    private static final int TRIES = 150;

    private static final int ANSWER_MILLIS = 10_000;

    /** Hosts of a server that answers at localhost. */
    private static final Pattern LOCAL = Pattern.compile("^(127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[?::1?\\]?):");

    private final URI address;
    private final Timer timer;
    private final Executor threads;

    /**
     * Prepares the line.
     *
     * @param address of the server, as {@code host:port}; with port 0 it is not known
     * @param threads run the tries, which block
     */
    ReadyLine(String address, Timer timer, Executor threads) {
        this.address = URI.create("http://" + LOCAL.matcher(address).replaceFirst("localhost:") + "/");
        this.timer = timer;
        this.threads = threads;
    }

    /** Logs the line, now or as soon as the server answers. */
    void begin() {
        if (address.getPort() == 0) {
            LOG.log(Level.INFO, "Tokenly is ready");
        } else {
            tryLater(TRIES);
        }
    }

    private void tryLater(int tries) {
        timer.after(BETWEEN_TRIES, () -> threads.execute(() -> tryNow(tries - 1)));
    }

    private void tryNow(int triesLeft) {
        if (isServing()) {
            LOG.log(Level.INFO, "Tokenly is ready: {0}", address);
        } else if (triesLeft > 0) {
            tryLater(triesLeft);
        } else {
            LOG.log(
                    Level.WARNING,
                    "Tokenly is up, but {0} does not serve it; if it is served elsewhere, set {1}",
                    address,
                    Setting.HTTP_ADDRESS.key());
        }
    }

    /** Jetty opens its port before the application starts, and answers after it; Payara answers 404 until then. */
    private boolean isServing() {
        try {
            HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            request.setConnectTimeout(ANSWER_MILLIS);
            request.setReadTimeout(ANSWER_MILLIS);
            request.setRequestMethod("HEAD");
            int status = request.getResponseCode();
            request.disconnect();
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException refused) { // the answer to the question
            return false;
        }
    }
}
